/* What the files of the article's tree share and nobody else needs: the content rules as a table, and what text is. */
#ifndef BANTIN_BODY_INSIDE_H
#define BANTIN_BODY_INSIDE_H

#include "html/body.h"

#define BODY_BIT(kind) (1u << (kind))

enum {
    BODY_INLINE = BODY_BIT(BODY_TEXT) | BODY_BIT(BODY_BREAK) | BODY_BIT(BODY_NOTE),
    BODY_BLOCKS = BODY_BIT(BODY_HEADING) | BODY_BIT(BODY_PARAGRAPH) | BODY_BIT(BODY_BULLETS) | BODY_BIT(BODY_NUMBERS) |
                  BODY_BIT(BODY_QUOTE) | BODY_BIT(BODY_BOX) | BODY_BIT(BODY_TABLE) | BODY_BIT(BODY_FIGURE) |
                  BODY_BIT(BODY_SOUND) | BODY_BIT(BODY_VIDEO),
    BODY_MEDIA = BODY_BIT(BODY_FIGURE) | BODY_BIT(BODY_SOUND) | BODY_BIT(BODY_VIDEO),
    BODY_MAX_START = 1000000,
    BODY_MAX_SPAN = 1000,
    BODY_MAX_HREF = 4096,
};

/* The kinds that may stand directly in `kind`, as bits. */
unsigned body_content(enum body_kind kind);
/* The kinds that may stand nowhere inside `kind`, as bits. */
unsigned body_forbids(enum body_kind kind);
/* Whether a `kind` may be added to `parent` where `parent` stands: its own content and what its ancestors forbid. */
bool body_allows(const struct body_node *parent, enum body_kind kind);
/* Whether a node of this kind holds inline content: a line of text to the reader. */
bool body_holds_inline(enum body_kind kind);
/* Whether a node of this kind without content is an error. */
bool body_needs_content(enum body_kind kind);
/* The kind of this JSON type, or -1. */
int body_kind_of(struct str name);
/* 64 lower-case hexadecimal digits. */
bool body_media_is_hash(struct str media);

/* The name of one mark bit, in the order of the bits; NULL past the last. */
const char *body_mark_name(unsigned index);

/* White space between words, as Unicode has it. */
bool body_is_space(uint32_t code);
/* Text as a tree holds it: NFC, valid UTF-8, white space controls as spaces, no other control characters. Gives `s`
 * itself where it is so. */
struct str body_clean_text(struct arena *a, struct str s);
#endif
