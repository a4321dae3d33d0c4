#include "press/set.h"
#include "press/compose.h"

/* The inline content of a node on its way to Pango: text, marks by byte, notes and links. */
struct inlines {
    struct compose *c;
    struct buf text;
    struct set *set;
    int links_cap, notes_cap;
    double note_width;
};

static void free_attributes(void *list)
{
    pango_attr_list_unref(list);
}

static void free_layout(void *slot)
{
    struct set *set = slot;

    if (set->layout != NULL)
        g_object_unref(set->layout);
}

static struct set *new_set(struct compose *c, struct set_how how)
{
    struct set *set = NEW(c->a, struct set);

    set->how = how;
    arena_defer(c->a, free_layout, set);
    return set;
}

static PangoAttrList *attributes_of(struct inlines *in)
{
    if (in->set->attributes == NULL) {
        in->set->attributes = pango_attr_list_new();
        arena_defer(in->c->a, free_attributes, in->set->attributes);
    }
    return in->set->attributes;
}

static void add_attribute(struct inlines *in, PangoAttribute *attribute, size_t from, size_t to)
{
    attribute->start_index = (guint)from;
    attribute->end_index = (guint)to;
    pango_attr_list_insert(attributes_of(in), attribute);
}

static void add_script(struct inlines *in, size_t from, size_t to, bool super)
{
    int rise = (int)(in->c->type.styles[in->set->how.style].size * (super ? 0.36 : -0.14) * PANGO_SCALE);

    add_attribute(in, pango_attr_rise_new(rise), from, to);
    add_attribute(in, pango_attr_scale_new(0.66), from, to);
}

static void add_link(struct inlines *in, size_t from, size_t to, struct str href)
{
    struct set *set = in->set;

    if (set->n_links == in->links_cap) {
        int cap = in->links_cap * 2 + 4;
        set->links = arena_grow(in->c->a, set->links, sizeof *set->links * (size_t)in->links_cap,
                                sizeof *set->links * (size_t)cap);
        in->links_cap = cap;
    }
    set->links[set->n_links++] = (struct set_link){(int)from, (int)to, href};
}

static void add_marks(struct inlines *in, const struct body_node *n, size_t from, size_t to)
{
    bool slanted = in->set->how.style == STYLE_QUOTE;

    if (n->marks & MARK_BOLD)
        add_attribute(in, pango_attr_weight_new(PANGO_WEIGHT_BOLD), from, to);
    if (n->marks & MARK_ITALIC)
        add_attribute(in, pango_attr_style_new(slanted ? PANGO_STYLE_NORMAL : PANGO_STYLE_ITALIC), from, to);
    if (n->marks & MARK_UNDERLINE)
        add_attribute(in, pango_attr_underline_new(PANGO_UNDERLINE_SINGLE), from, to);
    if (n->marks & (MARK_SUB | MARK_SUPER))
        add_script(in, from, to, (n->marks & MARK_SUPER) != 0);
    if (n->marks & MARK_LINK)
        add_link(in, from, to, n->href);
}

/* Where the letter before `at` begins. */
static size_t last_letter(const struct inlines *in, size_t at)
{
    while (at > 0 && ((unsigned char)in->text.ptr[--at] & 0xc0) == 0x80)
        ;
    return at;
}

static void add_note(struct inlines *in, const struct body_node *n)
{
    struct set *set = in->set;
    struct compose *c = in->c;
    struct note *note = NEW(c->a, struct note);

    note->number = ++c->next_note;
    note->set = set_inline(c, n, (struct set_how){STYLE_NOTE, in->note_width, -11, SET_START},
                           str_format(c->a, "%d.\u2002", note->number), in->note_width);
    if (set->n_notes == in->notes_cap) {
        int cap = in->notes_cap * 2 + 4;
        set->notes =
            arena_grow(c->a, set->notes, sizeof *set->notes * (size_t)in->notes_cap, sizeof *set->notes * (size_t)cap);
        in->notes_cap = cap;
    }

    size_t from = in->text.len;
    buf_add_int(&in->text, note->number);
    set->notes[set->n_notes++] = (struct set_note){(int)from, note};
    add_attribute(in, pango_attr_allow_breaks_new(FALSE), last_letter(in, from),
                  in->text.len); /* stays with its word */
    add_script(in, from, in->text.len, true);
}

/* White space of any kind becomes one space; Pango would break lines at the others. */
static void add_plain(struct buf *to, struct str text)
{
    size_t at = 0;

    while (at < text.len) {
        unsigned char b = (unsigned char)text.ptr[at];
        if (b >= 0x80) {
            buf_add_code(to, str_next_code(text, &at));
            continue;
        }
        at++;
        if (b > ' ')
            buf_add_char(to, (char)b);
        else if (to->len == 0 || to->ptr[to->len - 1] != ' ')
            buf_add_char(to, ' ');
    }
}

static void add_inlines(struct inlines *in, const struct body_node *parent)
{
    for (const struct body_node *n = parent->first; n != NULL; n = n->next) {
        size_t from = in->text.len;
        if (n->kind == BODY_BREAK) {
            buf_add_z(&in->text, "\u2028");
        } else if (n->kind == BODY_NOTE) {
            add_note(in, n);
        } else if (n->kind == BODY_TEXT) {
            add_plain(&in->text, n->text);
            add_marks(in, n, from, in->text.len);
        }
    }
}

/* Numbers and symbols of documents (12-HD/BTCTW, 22/9/2017) are not broken; longer ones, addresses, are. */
static void keep_symbols_whole(struct inlines *in)
{
    struct str text = buf_str(&in->text);
    size_t from = 0;

    while (from < text.len) {
        size_t end = str_find_char(text, ' ', from);
        end = end == SIZE_MAX ? text.len : end;
        bool digit = false, joint = false;
        for (size_t i = from; i < end; i++) {
            digit |= text.ptr[i] >= '0' && text.ptr[i] <= '9';
            joint |= text.ptr[i] == '-' || text.ptr[i] == '/';
        }
        if (digit && joint && end - from <= 28)
            add_attribute(in, pango_attr_allow_breaks_new(FALSE), from, end);
        from = end + 1;
    }
}

static PangoAlignment pango_align(enum set_align align)
{
    return align == SET_CENTER ? PANGO_ALIGN_CENTER : align == SET_END ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

static PangoLayout *shape(struct compose *c, const struct set *set)
{
    PangoLayout *layout = pango_layout_new(c->type.context);

    pango_layout_set_font_description(layout, c->type.styles[set->how.style].font);
    pango_layout_set_text(layout, set->text.len > 0 ? set->text.ptr : "", (int)set->text.len);
    if (set->attributes != NULL)
        pango_layout_set_attributes(layout, set->attributes);
    if (set->how.width > 0)
        pango_layout_set_width(layout, (int)(set->how.width * PANGO_SCALE));
    pango_layout_set_indent(layout, (int)(set->how.indent * PANGO_SCALE));
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout, pango_align(set->how.align));
    pango_layout_set_justify(layout, set->how.align == SET_JUSTIFY);
    return layout;
}

static void add_unknown(struct buf *letters, const PangoGlyphString *glyphs)
{
    for (int i = 0; i < glyphs->num_glyphs && letters->len < 60; i++) {
        struct buf one = buf_in(letters->arena);
        PangoGlyph glyph = glyphs->glyphs[i].glyph;
        if (!(glyph & PANGO_GLYPH_UNKNOWN_FLAG))
            continue;
        buf_add_code(&one, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
        if (!str_contains(buf_str(letters), buf_str(&one)))
            buf_add(letters, buf_str(&one));
    }
}

/* The letters that no face has are named, so that an editor can find them. */
static void note_missing_letters(struct compose *c, const struct set *set)
{
    struct buf letters = buf_in(c->a);
    PangoLayoutIter *at;

    if (pango_layout_get_unknown_glyphs_count(set->layout) == 0)
        return;
    at = pango_layout_get_iter(set->layout);
    do {
        const PangoLayoutRun *run = pango_layout_iter_get_run_readonly(at);
        if (run != NULL)
            add_unknown(&letters, run->glyphs);
    } while (pango_layout_iter_next_run(at));
    pango_layout_iter_free(at);
    compose_warn(c, PRESS_LETTER_MISSING, c->item, buf_str(&letters));
}

static void measure(struct compose *c, struct set *set)
{
    set->layout = shape(c, set);
    set->n_lines = pango_layout_get_line_count(set->layout);
    set->lines = NEW_ARRAY(c->a, struct set_line, (size_t)set->n_lines);
    note_missing_letters(c, set);

    PangoLayoutIter *at = pango_layout_get_iter(set->layout);
    for (int i = 0; i < set->n_lines; i++) {
        PangoLayoutLine *line = pango_layout_iter_get_line_readonly(at);
        PangoRectangle box;
        pango_layout_iter_get_line_extents(at, NULL, &box);
        set->lines[i] =
            (struct set_line){box.x / (double)PANGO_SCALE, line->start_index, line->start_index + line->length};
        pango_layout_iter_next_line(at);
    }
    pango_layout_iter_free(at);
    if (c->thrifty)
        set_put_away(set);
}

struct set *set_text(struct compose *c, struct str text, struct set_how how)
{
    struct set *set = new_set(c, how);
    struct buf clean = buf_in(c->a);

    add_plain(&clean, text);
    set->text = buf_str(&clean);
    measure(c, set);
    return set;
}

static double last_line_width(const struct set *set)
{
    PangoLayoutIter *at = pango_layout_get_iter(set->layout);
    PangoRectangle box;

    while (!pango_layout_iter_at_last_line(at))
        pango_layout_iter_next_line(at);
    pango_layout_iter_get_line_extents(at, NULL, &box);
    pango_layout_iter_free(at);
    return box.width / (double)PANGO_SCALE;
}

struct set *set_title(struct compose *c, struct str text, struct set_how how)
{
    double full = how.width, enough = full * 0.3;
    struct set *plain = set_text(c, text, how);

    if (plain->n_lines < 2 || last_line_width(plain) >= enough)
        return plain;
    for (how.width = full * 0.96; how.width > full * 0.6; how.width -= full * 0.04) {
        struct set *narrower = set_text(c, text, how);
        if (narrower->n_lines > plain->n_lines)
            return plain;
        if (last_line_width(narrower) >= enough)
            return narrower;
    }
    return plain;
}

struct set *set_inline(struct compose *c, const struct body_node *parent, struct set_how how, struct str lead,
                       double note_width)
{
    struct inlines in = {.c = c, .text = buf_in(c->a), .set = new_set(c, how), .note_width = note_width};

    buf_add(&in.text, lead);
    add_inlines(&in, parent);
    keep_symbols_whole(&in);
    in.set->text = buf_str(&in.text);
    measure(c, in.set);
    return in.set;
}

double set_height(const struct compose *c, const struct set *set)
{
    return set->n_lines * c->type.styles[set->how.style].leading;
}

double set_natural_width(const struct set *set)
{
    int width;

    pango_layout_get_size(set->layout, &width, NULL);
    return width / (double)PANGO_SCALE;
}

void set_put_away(struct set *set)
{
    if (set->layout != NULL)
        g_object_unref(set->layout);
    set->layout = NULL;
    set->last_line = NULL;
}

PangoLayoutLine *set_line_of(struct compose *c, struct set *set, int line)
{
    if (set->layout == NULL)
        set->layout = shape(c, set);
    if (set->last_line == NULL || line < set->last_index) {
        set->last_line = pango_layout_get_lines_readonly(set->layout);
        set->last_index = 0;
    }
    for (; set->last_index < line; set->last_index++)
        set->last_line = set->last_line->next;
    return set->last_line->data;
}
