#!/bin/sh
# compile.sh TMPLGEN PARAMS FOLDER TEMPLATE TMP CC…: a template to C and to an object file, as the build does it.
tmplgen=$1 params=$2 folder=$3 template=$4 tmp=$5
shift 5
"$tmplgen" "$params" "$folder/views.h" "$tmp/out.c" "$tmp/out.h" "$template" || exit 3
exec "$@" -std=gnu2x -O1 -Wall -Wextra -Werror -I"$tmp" -c -o "$tmp/out.o" "$tmp/out.c"
