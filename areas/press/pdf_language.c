/* Says in the finished file which language it is in: cairo does not. The catalogue is written once more at the end of
 * the file, as an incremental update with its own cross-reference. */
#include "press/pdf_language.h"

enum { TAIL = 8 * 1024 * 1024 };

/* The last place of `part`. */
static size_t find_last(struct str s, struct str part)
{
    size_t found = SIZE_MAX;

    for (size_t at = 0; (at = str_find(s, part, at)) != SIZE_MAX; at++)
        found = at;
    return found;
}

static struct str read_tail(struct arena *a, FILE *file, long *size)
{
    if (fseek(file, 0, SEEK_END) != 0 || (*size = ftell(file)) <= 0)
        return STR_NONE;
    size_t n = *size < TAIL ? (size_t)*size : TAIL;
    char *bytes = arena_alloc(a, n);
    if (fseek(file, *size - (long)n, SEEK_SET) != 0 || fread(bytes, 1, n, file) != n)
        return STR_NONE;
    return (struct str){bytes, n};
}

/* The number that follows `name` in the trailer. */
static int64_t number_after(struct str s, struct str name)
{
    size_t at = find_last(s, name);
    int64_t n = 0;

    if (at == SIZE_MAX)
        return -1;
    for (at += name.len; at < s.len && (s.ptr[at] == ' ' || s.ptr[at] == '\n'); at++)
        ;
    if (at == s.len || s.ptr[at] < '0' || s.ptr[at] > '9')
        return -1;
    for (; at < s.len && s.ptr[at] >= '0' && s.ptr[at] <= '9' && n < INT_MAX; at++)
        n = n * 10 + (s.ptr[at] - '0');
    return n;
}

/* What stands between << and >> of the catalogue. */
static struct str catalogue_of(struct str tail)
{
    size_t from = find_last(tail, S("<< /Type /Catalog"));
    size_t end = from == SIZE_MAX ? SIZE_MAX : str_find(tail, S("endobj"), from);

    if (end == SIZE_MAX)
        return STR_NONE;
    struct str object = str_trim(str_sub(tail, from, end - from));
    return str_ends(object, S(">>")) ? str_sub(object, 2, object.len - 4) : STR_NONE;
}

static struct str plain_letters(struct arena *a, struct str lang)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < lang.len; i++)
        if (lang.ptr[i] == '-' || (lang.ptr[i] >= 'a' && lang.ptr[i] <= 'z') ||
            (lang.ptr[i] >= 'A' && lang.ptr[i] <= 'Z'))
            buf_add_char(&b, lang.ptr[i]);
    return buf_str(&b);
}

enum err pdf_say_language(struct arena *a, FILE *file, struct str lang)
{
    long size = 0;
    struct str tail = read_tail(a, file, &size);
    struct str catalogue = catalogue_of(tail);
    int64_t root = number_after(tail, S("/Root")), info = number_after(tail, S("/Info"));
    int64_t objects = number_after(tail, S("/Size")), before = number_after(tail, S("startxref"));
    struct buf b = buf_in(a);

    if (catalogue.len == 0 || root < 0 || info < 0 || objects < 0 || before < 0)
        return E_CORRUPT;
    struct str letters = plain_letters(a, lang);
    buf_add_format(&b, "%d 0 obj\n<<%.*s /Lang (%.*s) /ViewerPreferences << /DisplayDocTitle true >> >>\nendobj\n",
                   (int)root, STR_ARG(catalogue), STR_ARG(letters));
    long table = size + (long)b.len;
    buf_add_format(&b, "xref\n%d 1\n%010ld 00000 n \n", (int)root, size);
    buf_add_format(&b, "trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R /Prev %ld >>\nstartxref\n%ld\n%%%%EOF\n",
                   (int)objects, (int)root, (int)info, (long)before, table);
    if (fseek(file, 0, SEEK_END) != 0 || fwrite(b.ptr, 1, b.len, file) != b.len)
        return E_IO;
    return OK;
}
