#include "text/text.h"
#include "text/letters.h"

struct clean {
    struct buf out;
    struct text_report *report;
    bool at_line_start;     /* nothing but spaces since the line began */
    bool after_bullet;      /* the marker's own space was just written */
};

static bool is_zero_width(uint32_t c)
{
    return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) ||
           (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff;
}

static bool is_odd_space(uint32_t c)
{
    return c == '\t' || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x202f || c == 0x205f || c == 0x3000;
}

static bool is_line_end(uint32_t c)
{
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Drawn as a dot, a square, an arrow before a list item. Symbol and Wingdings come in the private area, U+F020–F0FF;
 * the Arabic tatweel is what text taken out of PDF files has in their place. */
static bool is_odd_bullet(uint32_t c)
{
    static const uint16_t drawn[] = {0x2023, 0x2043, 0x204c, 0x204d, 0x2219, 0x25a0, 0x25a1, 0x25aa, 0x25ab, 0x25b6, 0x25ba,
                                     0x25c6, 0x25c7, 0x25cb, 0x25cf, 0x25d8, 0x25e6, 0x2605, 0x2666, 0x2713, 0x2714, 0x2756,
                                     0x27a2, 0x27a4};

    if (c == 0x640 || (c >= 0xf020 && c <= 0xf0ff))
        return true;
    for (size_t i = 0; i < countof(drawn); i++)
        if (drawn[i] == c)
            return true;
    return false;
}

/* In the middle of a line a drawn square or star is somebody's wish; a character no font has is a bullet there too. */
static bool is_nowhere_drawn(uint32_t c)
{
    return c == 0x640 || (c >= 0xf020 && c <= 0xf0ff);
}

static uint32_t lookalike(uint32_t c)
{
    switch (c) {
    case 0xd0:  /* Ð eth */
    case 0x189: /* Ɖ */
        return 0x110;
    case 0xf0:  /* ð */
    case 0x256: /* ɖ */
        return 0x111;
    default:
        return c;
    }
}

static bool ends_in(const struct buf *b, char c)
{
    return b->len > 0 && b->ptr[b->len - 1] == c;
}

static void add_space(struct clean *k)
{
    if (k->after_bullet)
        k->after_bullet = false;
    else if (ends_in(&k->out, ' ') || ends_in(&k->out, '\n'))
        k->report->spaces++;
    else
        letter_add(&k->out, ' ');
}

static void add_line_end(struct clean *k)
{
    while (ends_in(&k->out, ' ')) {
        k->out.len--;
        k->report->spaces++;
    }
    letter_add(&k->out, '\n');
    k->at_line_start = true;
    k->after_bullet = false;
}

/* The marker and its one space; what stood before it on the line was space only. */
static void add_bullet(struct clean *k)
{
    while (k->at_line_start && ends_in(&k->out, ' ')) {
        k->out.len--;
        k->report->spaces++;
    }
    buf_add(&k->out, S(TEXT_BULLET));
    k->at_line_start = false;
    k->after_bullet = true;
}

static void add(struct clean *k, uint32_t c)
{
    uint32_t letter = lookalike(c);

    if (letter != c)
        k->report->lookalikes++;
    letter_add(&k->out, letter);
    k->at_line_start = k->after_bullet = false;
}

static void clean_code(struct clean *k, uint32_t c)
{
    if (c > ' ' && c < 0x7f) {
        add(k, c);
    } else if (c == ' ') {
        add_space(k);
    } else if (is_odd_space(c)) {
        k->report->odd_spaces++;
        add_space(k);
    } else if (is_line_end(c)) {
        add_line_end(k);
    } else if (c < 0x20 || (c >= 0x7f && c < 0xa0)) {
        k->report->controls++;
    } else if (is_zero_width(c)) {
        k->report->zero_width++;
    } else if (is_nowhere_drawn(c) || (k->at_line_start && is_odd_bullet(c))) {
        k->report->bullets++;
        add_bullet(k);
    } else if (k->at_line_start && c == 0x2022) {
        add_bullet(k);
    } else {
        add(k, c);
    }
}

static size_t count_codes(struct str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len; n++)
        letter_next(s, &at);
    return n;
}

static size_t count_broken(struct str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len;) {
        size_t from = at;
        if (letter_next(s, &at) == 0xfffd && at - from == 1)
            n++;
    }
    return n;
}

struct str text_clean(struct arena *a, struct str s, struct text_report *r)
{
    struct str nfc = text_nfc(a, s);
    struct clean k = {.out = buf_in(a), .report = r, .at_line_start = true};

    if (nfc.ptr != s.ptr) {
        r->broken += count_broken(s);
        size_t before = count_codes(s), after = count_codes(nfc);
        r->composed += before > after ? before - after : 0;
    }
    buf_reserve(&k.out, nfc.len + 8);
    for (size_t at = 0; at < nfc.len;) {
        uint32_t c = letter_next(nfc, &at);
        if (c == '\r' && at < nfc.len && nfc.ptr[at] == '\n')
            continue;
        clean_code(&k, c);
    }
    /* Dropping what stood between a letter and its mark brings the two together. */
    return text_nfc(a, buf_str(&k.out));
}

size_t text_report_total(const struct text_report *r)
{
    return r->composed + r->zero_width + r->odd_spaces + r->bullets + r->spaces + r->controls + r->lookalikes + r->broken;
}

bool text_is_item(struct str line, struct str *rest)
{
    if (!str_starts(line, S(TEXT_BULLET)))
        return false;
    *rest = str_skip(line, sizeof TEXT_BULLET - 1);
    return true;
}
