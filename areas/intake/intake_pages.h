/* The screen /toa-soan/nhap and the job behind it, for the program's list of rooms. */
#ifndef BANTIN_INTAKE_PAGES_H
#define BANTIN_INTAKE_PAGES_H

#include "http/router.h"

extern const struct route intake_routes[];

/* Names the job "intake"; before jobs_start, whose user is the site. */
void intake_start(void);
#endif
