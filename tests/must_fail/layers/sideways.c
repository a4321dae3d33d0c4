// expect: http may not include db
// at: platform/http/x.c
#include "db/db.h"
