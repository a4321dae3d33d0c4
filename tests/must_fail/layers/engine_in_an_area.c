// expect: may include sqlite3.h
// at: areas/issue/x.c
#include <sqlite3.h>
