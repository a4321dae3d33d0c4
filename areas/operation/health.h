/* /healthz, for watchdogs and load balancers. */
#ifndef BANTIN_HEALTH_H
#define BANTIN_HEALTH_H

#include "http/router.h"

extern const struct route health_routes[];
#endif
