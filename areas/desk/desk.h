/* "Việc của tôi": one list of what waits for the person who looks, the longest waiting first, over articles and issues.
 * It only reads; every row leads to the page where the work is done. */
#ifndef BANTIN_DESK_H
#define BANTIN_DESK_H

#include "http/router.h"

extern const struct route desk_routes[];
#endif
