// expect: may include vips/vips.h
// at: areas/media/media_store.c
#include <vips/vips.h>
