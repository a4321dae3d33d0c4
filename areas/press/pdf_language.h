/* The language of a finished PDF file. */
#ifndef BANTIN_PRESS_PDF_LANGUAGE_H
#define BANTIN_PRESS_PDF_LANGUAGE_H

#include "base/base.h"

/* Appends to the file, open for reading and writing, that its text is in `lang`. */
enum err pdf_say_language(struct arena *a, FILE *file, struct str lang);
#endif
