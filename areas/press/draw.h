/* Pages onto the PDF surface. */
#ifndef BANTIN_PRESS_DRAW_H
#define BANTIN_PRESS_DRAW_H

#include "press/compose.h"

struct drawing {
    struct compose *c;
    cairo_surface_t *surface;
    cairo_t *cr;
    int page;    /* from 1 */
    double left; /* of the text area */
    int block;   /* the open structure element */
    const char *tag;
    char **links; /* waiting for the element to be closed */
    int n_links, cap_links;
};

void draw_pages(struct drawing *d);
void draw_strip(struct drawing *d, const struct strip *strip, double x, double y, double width);
void draw_table(struct drawing *d, const struct table *table, double x, double y, double from, double to);
/* One line of a set; (x, y) is the top left of the line. */
void draw_line(struct drawing *d, struct set *set, int line, double x, double y);
void draw_set(struct drawing *d, struct set *set, double x, double y);
/* Fills the rectangle with the picture; `crop` covers it whole, else the picture is stretched into it. False: broken.
 */
bool draw_picture(struct drawing *d, const struct press_picture *p, double x, double y, double width, double height,
                  bool crop);
void draw_colour(struct drawing *d, struct colour colour);
void draw_rectangle(struct drawing *d, struct colour colour, double x, double y, double width, double height);
void draw_link(struct drawing *d, const char *what, struct str target, double x, double y, double width, double height);
#endif
