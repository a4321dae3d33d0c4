#include "html/msg.h"

struct str lang_code(enum lang lang)
{
    return lang == LANG_EN ? S("en") : S("vi");
}

enum lang lang_of_code(struct str code)
{
    return str_equal_nocase(code, S("en")) ? LANG_EN : LANG_VI;
}

struct str msg(enum lang lang, enum msg key)
{
    return msg_texts[lang][key];
}

struct str msg_name(enum msg key)
{
    return str_of(msg_names[key]);
}

struct msg_arg msg_arg_str(const char *name, struct str text)
{
    return (struct msg_arg){.name = name, .text = text};
}

struct msg_arg msg_arg_z(const char *name, const char *text)
{
    return (struct msg_arg){.name = name, .text = str_of(text)};
}

struct msg_arg msg_arg_int(const char *name, int64_t number)
{
    return (struct msg_arg){.name = name, .number = number, .is_number = true};
}

static const struct msg_arg *find_arg(struct str name, const struct msg_arg *args, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, str_of(args[i].name)))
            return &args[i];
    return NULL;
}

static bool is_one(const struct msg_arg *arg)
{
    return arg->is_number ? arg->number == 1 : str_equal(arg->text, S("1"));
}

/* The place of the brace that closes the one at `open`, or the end. */
static size_t closing_brace(struct str s, size_t open)
{
    size_t depth = 0;

    for (size_t i = open; i < s.len; i++) {
        if (s.ptr[i] == '{')
            depth++;
        else if (s.ptr[i] == '}' && --depth == 0)
            return i;
    }
    return s.len;
}

static void format(struct buf *b, struct str text, const struct msg_arg *args, size_t count)
{
    size_t at = 0;

    while (at < text.len) {
        size_t open = str_find_char(text, '{', at);
        if (open == SIZE_MAX)
            break;
        buf_add(b, str_sub(text, at, open - at));
        size_t close = closing_brace(text, open);
        struct str name, one, forms = str_cut(str_sub(text, open + 1, close - open - 1), '|', &name);
        const struct msg_arg *arg = find_arg(name, args, count);
        if (arg == NULL) {
            buf_add(b, str_sub(text, open, close + 1 - open));
        } else if (forms.ptr != NULL) {
            struct str many = str_cut(forms, '|', &one);
            format(b, is_one(arg) ? one : many, args, count);
        } else if (arg->is_number) {
            buf_add_int(b, arg->number);
        } else {
            buf_add(b, arg->text);
        }
        at = close + 1;
    }
    buf_add(b, str_skip(text, at));
}

struct str msg_format(struct arena *a, enum lang lang, enum msg key, const struct msg_arg *args, size_t count)
{
    struct buf b = buf_in(a);

    format(&b, msg(lang, key), args, count);
    return buf_str(&b);
}
