// expect: the time comes from base/clock.h
// at: areas/issue/x.c
long f(void) { return (long)time(NULL); }
