/* Files that belong to what readers see: pictures in their sizes, sound, video, editions; and how their addresses are
 * written. A file is given only to who may see what it belongs to. */
#ifndef BANTIN_READER_FILES_H
#define BANTIN_READER_FILES_H

#include "html/body_html.h"
#include "reader/reader.h"

/* "/tep/<hash>/480.webp"; width 0: the original, "/tep/<hash>/goc". */
struct str media_url(struct arena *a, struct str hash, int64_t width, const char *ending);
/* The width of those in "480,960,1600" that is nearest to `wanted` from above, else the largest; 0: there is none. */
int64_t media_width_for(struct str renditions, int64_t wanted);

/* The `media` callback of body_html_options; its context is the request. */
bool reader_body_media(void *context, struct str hash, struct body_html_media *media);

void reader_media_file(struct request *rq);
void reader_edition_file(struct request *rq);
void reader_article_page(struct request *rq);
void reader_feed(struct request *rq);
#endif
