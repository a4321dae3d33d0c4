/* The generated tables of all rooms, listed by tests/db/every_query.sh; the last has no name. */
#ifndef BANTIN_TEST_EVERY_QUERY_H
#define BANTIN_TEST_EVERY_QUERY_H

#include "db/query.h"

struct query_table {
    const char *room;
    const struct query_info *queries;
};

extern const struct query_table every_query[];
#endif
