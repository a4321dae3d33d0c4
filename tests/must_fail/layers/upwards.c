// expect: base may not include text
// at: platform/base/x.c
#include "text/text.h"
