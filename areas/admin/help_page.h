/* /tro-giup: the chapters that concern whoever asks; in a demo, the accounts to try. */
#ifndef BANTIN_HELP_PAGE_H
#define BANTIN_HELP_PAGE_H

#include "web/request.h"

void help_page(struct request *rq);
#endif
