#!/bin/sh
# every_query.sh ROOT: the C list of every generated table of queries, one for each .sql file of the rooms, so that no room's can be
# forgotten. Those of tests and the macros are no part of the program.
set -eu
cd "$1"
names=$(find areas platform -name '*.sql' ! -name '*_test.sql' ! -name macros.sql | sed 's|.*/||; s|\.sql$||' | LC_ALL=C sort)
echo '/* Made by tests/db/every_query.sh. */'
echo '#include "db/every_query.h"'
for name in $names; do echo "extern const struct query_info ${name}_queries[];"; done
echo 'const struct query_table every_query[] = {'
for name in $names; do echo "    {\"$name\", ${name}_queries},"; done
echo '    {0},'
echo '};'
