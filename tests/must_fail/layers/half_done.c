// expect: nothing half done
// at: areas/issue/x.c
/* TODO: later */
