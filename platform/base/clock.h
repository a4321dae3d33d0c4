/* The time, injected: tests set it, nobody else calls time(). Seconds since 1970 in UTC, as stored everywhere. */
#ifndef BANTIN_CLOCK_H
#define BANTIN_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);                 /* UTC seconds */
int64_t clock_monotonic_ms(void);        /* for durations and deadlines */
int64_t clock_monotonic_us(void);

/* For tests: from now on clock_now() is `seconds`; 0 gives the real clock back. */
void clock_set(int64_t seconds);
#endif
