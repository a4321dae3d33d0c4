/* For tests: trees at random, the same for the same seed. They obey the table of body.h and are canonical. */
#ifndef BANTIN_BODY_GEN_H
#define BANTIN_BODY_GEN_H

#include "html/body.h"

struct body_node *body_generate(struct arena *a, uint64_t seed);
#endif
