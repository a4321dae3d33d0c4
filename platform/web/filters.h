/* Gives the templates their calendar and numbers: the text room's forms, in the reader's language. */
#ifndef BANTIN_FILTERS_H
#define BANTIN_FILTERS_H

/* Once at start, before any page is rendered. */
void web_filters_start(void);
#endif
