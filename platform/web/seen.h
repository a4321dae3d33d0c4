/* Sessions seen lately and what their people were then: for the event loop, which must decide what a body may be before
 * it arrives and cannot ask the database. Only a first sieve: the handler's check decides. In memory, of fixed size, the
 * oldest making room; tokens are kept as digests. Any thread. */
#ifndef BANTIN_SEEN_H
#define BANTIN_SEEN_H

#include "base/base.h"

void seen_note(struct str token, unsigned roles);
/* False: not seen since the start, or pushed out. */
bool seen_session(struct str token, unsigned *roles);
#endif
