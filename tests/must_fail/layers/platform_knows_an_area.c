// expect: web may not include areas
// at: platform/web/x.c
#include "article/article.h"
