/* The faces, sizes and page geometry of one printed format. All measures are points. Made for one composition and
 * released with its arena. */
#ifndef BANTIN_PRESS_TYPE_H
#define BANTIN_PRESS_TYPE_H

#include <pango/pangocairo.h>
#include "press/press.h"

enum style {
    STYLE_TEXT,
    STYLE_QUOTE,
    STYLE_HEADING_2,
    STYLE_HEADING_3,
    STYLE_HEADING_4,
    STYLE_CELL,
    STYLE_CELL_HEAD,
    STYLE_NOTE,
    STYLE_CAPTION,
    STYLE_BOX_TITLE,
    STYLE_SECTION,
    STYLE_KICKER,
    STYLE_TITLE,
    STYLE_STANDFIRST,
    STYLE_BYLINE,
    STYLE_RUNNING,
    STYLE_FOLIO,
    STYLE_MARK,
    STYLE_CONTENTS,
    STYLE_CONTENTS_TITLE,
    STYLE_CONTENTS_META,
    STYLE_COVER_NAME,
    STYLE_COVER_TITLE,
    STYLE_COVER_LINE,
    STYLE_COVER_SMALL,
    STYLE_COUNT,
};

struct colour {
    double r, g, b;
};

struct type_style {
    PangoFontDescription *font;
    double size, leading;
    double baseline; /* from the top of a line */
    struct colour colour;
};

struct type {
    PangoContext *context;
    struct type_style styles[STYLE_COUNT];
    struct colour accent, tint, muted, hairline;
    double page_width, page_height;
    double top, inner, outer; /* margins; the text area is `height` high */
    double width, height;
    double grid; /* leading of the text: baselines of all columns meet */
    int columns;
    double gutter, column;
};

enum err type_open(struct arena *a, const struct press_issue *issue, enum press_format format, struct type *type);

struct colour colour_of(struct str hex, struct colour otherwise);
/* `part` of the colour, the rest white paper. */
struct colour colour_tint(struct colour c, double part);
#endif
