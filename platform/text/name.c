#include "text/name.h"
#include "text/text.h"

static const char *const titles[] = {"đồng chí", "đ/c", "đ.c", "đc", "ông", "bà", "gs", "pgs", "ts", "ths", "tskh", "cn", "bs", "ks",
                                     "ls", "nsnd", "nsưt", "đại tướng", "thượng tướng", "trung tướng", "thiếu tướng",
                                     "đại tá", "thượng tá", "trung tá", "thiếu tá", "đại úy", "thượng úy", "trung úy", "thiếu úy"};
static const char *const double_families[] = {"công tằng tôn nữ", "tôn thất", "tôn nữ", "âu dương"};

/* The bytes of `list`'s word group that `s` begins with, whatever the case; what follows must be a space, a comma or a
 * full stop, and something. 0: none. */
static size_t begins_with(struct arena *a, struct str s, const char *const *list, size_t n)
{
    struct str key = text_tone_key(a, s);

    for (size_t i = 0; i < n; i++) {
        struct str entry = text_tone_key(a, str_of(list[i]));
        if (!str_starts(key, entry) || key.len == entry.len || strchr(" ,.", key.ptr[entry.len]) == NULL)
            continue;
        /* The key and the text count bytes differently, but not words. */
        size_t spaces = 0, at = 0;
        for (size_t k = 0; k < entry.len; k++)
            spaces += entry.ptr[k] == ' ';
        while (at < s.len && (spaces > 0 || strchr(" ,", s.ptr[at]) == NULL)) {
            if (s.ptr[at] == ' ')
                spaces--;
            else if (s.ptr[at] == '.' && spaces == 0 && str_find_char(entry, '.', 0) == SIZE_MAX)
                break;
            at++;
        }
        return at;
    }
    return 0;
}

static struct str take_title(struct arena *a, struct str *name)
{
    struct str all = *name, rest = *name;
    size_t taken = 0, n;

    while ((n = begins_with(a, rest, titles, countof(titles))) != 0) {
        struct str after = str_skip(rest, n);
        while (after.len > 0 && strchr(" ,.", after.ptr[0]) != NULL)
            after = str_skip(after, 1);
        if (after.len == 0)
            break;
        taken = (size_t)(rest.ptr - all.ptr) + n;
        rest = after;
    }
    *name = rest;
    return str_sub(all, 0, taken);
}

static size_t last_space(struct str s)
{
    for (size_t i = s.len; i > 0; i--)
        if (s.ptr[i - 1] == ' ')
            return i - 1;
    return SIZE_MAX;
}

struct text_name text_name_split(struct arena *a, struct str full)
{
    struct text_report ignored = {0};
    struct str rest = str_trim(text_clean(a, full, &ignored));
    struct text_name name = {.title = S(""), .family = S(""), .middle = S(""), .given = S("")};

    rest = str_trim(str_replace(a, rest, S("\n"), S(" ")));
    name.title = take_title(a, &rest);
    size_t cut = last_space(rest);
    if (cut == SIZE_MAX) {
        name.given = rest;
        return name;
    }
    name.given = str_skip(rest, cut + 1);
    rest = str_sub(rest, 0, cut);
    size_t family = begins_with(a, str_format(a, "%.*s ", STR_ARG(rest)), double_families, countof(double_families));
    if (family == 0)
        family = str_find_char(rest, ' ', 0) != SIZE_MAX ? str_find_char(rest, ' ', 0) : rest.len;
    name.family = str_sub(rest, 0, family);
    name.middle = str_trim(str_skip(rest, family));
    return name;
}
