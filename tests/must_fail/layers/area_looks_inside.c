// expect: may not look inside article
// at: areas/issue/x.c
#include "article/article_presence.h"
