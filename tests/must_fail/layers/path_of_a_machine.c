// expect: a path or host of one machine
// at: areas/issue/x.c
static const char *p = "/home/an/bantin";
