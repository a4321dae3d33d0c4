/* What happens to a Word file before pandoc sees it: guards against bombs, text boxes lifted into paragraphs, old
 * fonts made Unicode, symbols made characters, alignment made a style that pandoc passes on. Runs in the helper binary,
 * in the sandbox: nothing here is linked into the server. One thread. */
#ifndef BANTIN_DOCX_PREPASS_H
#define BANTIN_DOCX_PREPASS_H

#include <libxml/tree.h>
#include "base/base.h"

/* As import.h has them, by name: the helper prints it, the server reads it. */
extern const char docx_broken[], docx_empty[], docx_encrypted[], docx_bomb[], docx_unknown[];

struct docx_styles;

struct docx_report {
    size_t text_boxes;
    size_t text_box_copies; /* the second form of a box that Word writes for old programs */
    size_t old_font_runs;
    struct str old_font_sample; /* the first converted text */
    size_t symbols;
    size_t pictures_skipped; /* of a kind no browser shows */
    size_t sounds_skipped;
};

/* Reads the file `in`, writes `out`, or says what is wrong with it. */
const char *docx_prepass(struct arena *a, const char *in, const char *out, struct docx_report *report);

/* --- its parts ------------------------------------------------------------------------------------------------- */

struct zip;
/* NULL, or what is wrong with the archive as a whole; nothing is unpacked for it. */
const char *docx_guard(struct zip *archive);
/* The tree of one XML part; refuses DTDs, entities and depth. TCVN3 has six capitals among the control characters,
 * which XML forbids and some programs write all the same: they come as DOCX_HIDDEN + code. */
xmlDoc *docx_parse(struct arena *a, const void *bytes, size_t n);
enum { DOCX_HIDDEN = 0xee00 };
/* Rewrites document, footnotes or endnotes in place. */
void docx_rewrite(struct arena *a, xmlDoc *part, const struct docx_styles *styles, struct docx_report *report);

/* Makes the text of the paragraph's runs Unicode where their font is an old one. */
void docx_convert_fonts(struct arena *a, xmlNode *paragraph, const struct docx_styles *styles,
                        struct docx_report *report);

/* What styles.xml says about fonts and alignment; lives in the arena. */
struct docx_styles *docx_styles_read(struct arena *a, xmlDoc *part);
/* Adds the styles by which alignment travels. */
void docx_styles_add_alignment(xmlDoc *part);
/* The font of letters beyond ASCII, "" where it is none of the old ones' business. */
struct str docx_font_of_run(const struct docx_styles *styles, xmlNode *run, xmlNode *paragraph);
/* "center", "right" or "". */
struct str docx_alignment(const struct docx_styles *styles, xmlNode *paragraph);
bool docx_style_is_plain(const struct docx_styles *styles, struct str id);

/* Elements and attributes of WordprocessingML, transitional or strict. */
bool docx_is(const xmlNode *node, const char *name);
xmlNode *docx_child(xmlNode *node, const char *name);
struct str docx_attribute(xmlNode *node, const char *name);
#endif
