/* An issue for tests, with text made by rule: the same for the same number. */
#ifndef BANTIN_PRESS_SAMPLE_ISSUE_H
#define BANTIN_PRESS_SAMPLE_ISSUE_H

#include "press/press.h"

/* `sections` sections of `items` items with about `words` words each, notes, figures, tables, boxes, lists and
 * questions in every third. Its pictures are missing until sample_pictures has written them. */
struct press_issue *sample_issue(struct arena *a, int sections, int items, int words);
/* One item that holds nothing but this text. */
struct press_issue *sample_issue_of(struct arena *a, struct body_node *doc);
struct str sample_prose(struct arena *a, unsigned seed, int words);
struct body_node *sample_paragraph(struct arena *a, struct body_node *parent, struct str text);
struct body_node *sample_table(struct arena *a, struct body_node *parent, int rows, int columns);
struct body_node *sample_figure(struct arena *a, struct body_node *parent, struct str media);
void sample_note(struct arena *a, struct body_node *paragraph, struct str text);
/* Writes a JPEG and a PNG of a few pixels; the sample's pictures "jpeg…" and "png…" then are these files. */
void sample_pictures(struct arena *a, const char *folder);
#endif
