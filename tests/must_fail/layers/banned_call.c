// expect: this call is banned
// at: areas/issue/x.c
void f(char *a, char *b) { strcpy(a, b); }
