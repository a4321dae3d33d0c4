/* The newsroom's pages of articles, for the program's list of rooms. */
#ifndef BANTIN_ARTICLE_ROUTES_H
#define BANTIN_ARTICLE_ROUTES_H

#include "http/router.h"

extern const struct route article_routes[];
#endif
