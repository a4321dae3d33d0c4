/* A picture in the sizes we show: turned upright, in sRGB, without a word about where and with what it was taken. In
 * the helper only: links libvips. */
#ifndef BANTIN_CONVERT_PICTURE_H
#define BANTIN_CONVERT_PICTURE_H

#include <jansson.h>
#include "base/base.h"

/* Writes into the folder `out`: w480, w960, w1600 as .webp and .jpeg (never larger than the picture), print.jpeg and,
 * of a drawing with few colours or with transparency, print.png. Returns {width, height, files: [{name, width,
 * height}]} or {problem}. */
json_t *convert_picture(struct arena *a, const char *in, const char *out);
#endif
