// expect: rules never see pages
// at: areas/issue/issue.c
#include "web/form.h"
