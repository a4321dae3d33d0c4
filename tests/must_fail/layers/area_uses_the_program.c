// expect: areas may not include app
// at: areas/issue/x.c
#include "app/command.h"
