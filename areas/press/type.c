#include <fontconfig/fontconfig.h>
#include <pthread.h>
#include <pango/pangofc-fontmap.h> /* FreeType names what base.h forbids, so it comes first */
#include "press/type.h"
#include "base/files.h"
#include "base/log.h"

/* The press sees these files and nothing else that a machine may have installed: the same issue gives the same page
 * everywhere. Our own faces first; Noto where the machine has it, for letters and signs that they lack. */
static const char *const own_folders[] = {BANTIN_FONTS_INSTALLED, BANTIN_FONTS_SOURCE};
static const char *const own_files[] = {
    "Literata-Regular.ttf",     "Literata-Bold.ttf",     "Literata-Italic.ttf",     "Literata-BoldItalic.ttf",
    "BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf", "BeVietnamPro-Italic.ttf", "BeVietnamPro-BoldItalic.ttf",
};
static const char *const spare_files[] = {
    "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansMath-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansSymbols-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansSymbols2-Regular.ttf",
};

#define SERIF "Literata"
#define SANS  "Be Vietnam Pro"

enum ink { INK_BLACK, INK_MUTED, INK_ACCENT, INK_WHITE };

struct spec {
    const char *family;
    PangoWeight weight;
    PangoStyle slant;
    enum ink ink;
    struct {
        double size, leading;
    } at[2]; /* A4, A5 */
};

#define BOOK PANGO_WEIGHT_NORMAL
#define BOLD PANGO_WEIGHT_BOLD
#define UP   PANGO_STYLE_NORMAL
#define IT   PANGO_STYLE_ITALIC

static const struct spec specs[STYLE_COUNT] = {
    [STYLE_TEXT] = {SERIF, BOOK, UP, INK_BLACK, {{9.4, 13.5}, {9.6, 14}}},
    [STYLE_QUOTE] = {SERIF, BOOK, IT, INK_BLACK, {{9.4, 13.5}, {9.6, 14}}},
    [STYLE_HEADING_2] = {SERIF, BOLD, UP, INK_BLACK, {{11, 13.5}, {11.2, 14}}},
    [STYLE_HEADING_3] = {SERIF, BOLD, UP, INK_BLACK, {{9.8, 13.5}, {10, 14}}},
    [STYLE_HEADING_4] = {SERIF, BOLD, IT, INK_BLACK, {{9.4, 13.5}, {9.6, 14}}},
    [STYLE_CELL] = {SANS, BOOK, UP, INK_BLACK, {{7.8, 10.6}, {7.8, 10.6}}},
    [STYLE_CELL_HEAD] = {SANS, BOLD, UP, INK_BLACK, {{7.8, 10.6}, {7.8, 10.6}}},
    [STYLE_NOTE] = {SERIF, BOOK, UP, INK_BLACK, {{7.6, 10.2}, {7.8, 10.6}}},
    [STYLE_CAPTION] = {SANS, BOOK, UP, INK_MUTED, {{7.6, 10.2}, {7.6, 10.2}}},
    [STYLE_BOX_TITLE] = {SANS, BOLD, UP, INK_ACCENT, {{8.4, 13.5}, {8.4, 14}}},
    [STYLE_SECTION] = {SANS, BOLD, UP, INK_ACCENT, {{9, 13.5}, {8.6, 14}}},
    [STYLE_KICKER] = {SANS, BOLD, UP, INK_ACCENT, {{8, 12}, {7.8, 12}}},
    [STYLE_TITLE] = {SERIF, BOLD, UP, INK_BLACK, {{21, 27}, {16.5, 22}}},
    [STYLE_STANDFIRST] = {SERIF, BOOK, UP, INK_MUTED, {{11, 16}, {10.4, 15}}},
    [STYLE_BYLINE] = {SANS, BOLD, UP, INK_BLACK, {{8.2, 12}, {8, 12}}},
    [STYLE_RUNNING] = {SANS, BOOK, UP, INK_MUTED, {{7.8, 10}, {7.2, 10}}},
    [STYLE_FOLIO] = {SANS, BOLD, UP, INK_BLACK, {{8.6, 10}, {8, 10}}},
    [STYLE_MARK] = {SANS, BOLD, UP, INK_ACCENT, {{7.6, 10}, {7, 10}}},
    [STYLE_CONTENTS] = {SERIF, BOLD, UP, INK_BLACK, {{26, 34}, {20, 28}}},
    [STYLE_CONTENTS_TITLE] = {SERIF, BOLD, UP, INK_BLACK, {{11.4, 15}, {10.4, 14}}},
    [STYLE_CONTENTS_META] = {SANS, BOOK, UP, INK_MUTED, {{8, 11.5}, {7.6, 11}}},
    [STYLE_COVER_NAME] = {SERIF, BOLD, UP, INK_WHITE, {{58, 68}, {41, 48}}},
    [STYLE_COVER_TITLE] = {SERIF, BOLD, UP, INK_WHITE, {{14, 20}, {10.5, 15}}},
    [STYLE_COVER_LINE] = {SANS, BOOK, UP, INK_WHITE, {{13, 18}, {10, 14}}},
    [STYLE_COVER_SMALL] = {SANS, BOOK, UP, INK_WHITE, {{9, 13}, {7.6, 11}}},
};

struct colour colour_of(struct str hex, struct colour otherwise)
{
    char z[7];
    char *end;

    if (hex.len != 7 || hex.ptr[0] != '#')
        return otherwise;
    memcpy(z, hex.ptr + 1, 6);
    z[6] = '\0';
    long v = strtol(z, &end, 16);
    if (*end != '\0')
        return otherwise;
    return (struct colour){(v >> 16 & 255) / 255.0, (v >> 8 & 255) / 255.0, (v & 255) / 255.0};
}

struct colour colour_tint(struct colour c, double part)
{
    return (struct colour){1 - part * (1 - c.r), 1 - part * (1 - c.g), 1 - part * (1 - c.b)};
}

/* One for the process, never changed once made: any thread may use it, and the font files are read once. */
static FcConfig *shared_config;
static pthread_once_t shared_config_once = PTHREAD_ONCE_INIT;

static int add_own_files(FcConfig *config, const char *folder)
{
    char path[PATH_MAX];
    int found = 0;

    for (size_t i = 0; i < countof(own_files); i++) {
        snprintf(path, sizeof path, "%s/%s", folder, own_files[i]);
        if (file_exists(path))
            found += FcConfigAppFontAddFile(config, (const FcChar8 *)path) == FcTrue;
    }
    return found;
}

static void make_config(void)
{
    FcConfig *config = FcConfigCreate();
    int found = 0;

    if (config == NULL)
        return;
    for (size_t i = 0; i < countof(own_folders) && found == 0; i++)
        found = add_own_files(config, own_folders[i]);
    for (size_t i = 0; i < countof(spare_files); i++)
        if (file_exists(spare_files[i]))
            FcConfigAppFontAddFile(config, (const FcChar8 *)spare_files[i]);
    if (found == (int)countof(own_files)) {
        shared_config = config;
        return;
    }
    log_event(LOG_ERROR, "press.fonts_missing", "found=%d of=%zu", found, countof(own_files));
    FcConfigDestroy(config);
}

static void free_object(void *object)
{
    g_object_unref(object);
}

static void free_map(void *map)
{
    /* The map holds its fonts in a cache that holds the map: without this neither goes. */
    pango_fc_font_map_shutdown(map);
    g_object_unref(map);
}

static PangoContext *private_context(struct arena *a, FcConfig *config)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    cairo_font_options_t *options = cairo_font_options_create();

    pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map), 72);
    arena_defer(a, free_map, map);

    PangoContext *context = pango_font_map_create_context(map);
    arena_defer(a, free_object, context);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_context_set_round_glyph_positions(context, FALSE);
    pango_context_set_language(context, pango_language_from_string("vi"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    return context;
}

static void free_font(void *font)
{
    pango_font_description_free(font);
}

static struct colour ink_colour(const struct type *type, enum ink ink)
{
    switch (ink) {
    case INK_MUTED:
        return type->muted;
    case INK_ACCENT:
        return type->accent;
    case INK_WHITE:
        return (struct colour){1, 1, 1};
    default:
        return (struct colour){0, 0, 0};
    }
}

static void open_style(struct arena *a, struct type *type, enum style id, enum press_format format)
{
    const struct spec *spec = &specs[id];
    struct type_style *style = &type->styles[id];

    style->size = spec->at[format].size;
    style->leading = spec->at[format].leading;
    style->colour = ink_colour(type, spec->ink);
    style->font = pango_font_description_new();
    arena_defer(a, free_font, style->font);
    pango_font_description_set_family_static(style->font, spec->family);
    pango_font_description_set_weight(style->font, spec->weight);
    pango_font_description_set_style(style->font, spec->slant);
    pango_font_description_set_size(style->font, (gint)(style->size * PANGO_SCALE + 0.5));
    /* Letters with two marks above them need 1.07 em above the baseline, and 0.29 below is enough. */
    style->baseline = style->leading / 2 + style->size * (1.069 - 0.293) / 2;
}

static void set_geometry(struct type *type, enum press_format format)
{
    if (format == PRESS_A4) {
        type->page_width = 595.276, type->page_height = 841.89;
        type->top = 66, type->inner = 54, type->outer = 50;
        type->columns = 2, type->gutter = 20;
    } else {
        type->page_width = 419.528, type->page_height = 595.276;
        type->top = 50, type->inner = 48, type->outer = 42;
        type->columns = 1, type->gutter = 0;
    }
    type->grid = specs[STYLE_TEXT].at[format].leading;
    type->width = type->page_width - type->inner - type->outer;
    type->column = (type->width - type->gutter * (type->columns - 1)) / type->columns;
    type->height = (format == PRESS_A4 ? 53 : 35) * type->grid;
}

enum err type_open(struct arena *a, const struct press_issue *issue, enum press_format format, struct type *type)
{
    pthread_once(&shared_config_once, make_config);
    if (shared_config == NULL)
        return E_UNSUPPORTED;
    *type = (struct type){.context = private_context(a, shared_config)};
    type->accent = colour_of(issue->accent, (struct colour){0.608, 0.110, 0.129});
    type->tint = colour_tint(type->accent, 0.08);
    type->muted = (struct colour){0.36, 0.34, 0.32};
    type->hairline = (struct colour){0.78, 0.76, 0.73};
    set_geometry(type, format);
    for (int i = 0; i < STYLE_COUNT; i++)
        open_style(a, type, (enum style)i, format);
    return OK;
}
