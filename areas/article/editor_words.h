/* The words of the article's editor (assets/editor) as the JSON its page carries. Made in the given arena; any thread.
 */
#ifndef BANTIN_EDITOR_WORDS_H
#define BANTIN_EDITOR_WORDS_H

#include "html/msg.h"

/* {"bold":"Chữ đậm",…}: every message of locale/LANG/editor.po without its "editor_", placeholders as they stand. */
struct str editor_words(struct arena *a, enum lang lang);
#endif
