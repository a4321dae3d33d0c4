#include "base/base.h"
#include "base/clock.h"
#include <stdatomic.h>

static _Atomic int64_t fixed;

int64_t clock_now(void)
{
    int64_t at = atomic_load(&fixed);

    return at != 0 ? at : (int64_t)time(NULL);
}

int64_t clock_monotonic_us(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

void clock_set(int64_t seconds)
{
    atomic_store(&fixed, seconds);
}
