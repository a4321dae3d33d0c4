/* What the program says to people, by key and language. The texts come from locale/LANG/AREA.po through tools/msggen,
 * which writes enum msg; an unknown key does not compile. Results are plain text, never markup. Static storage or the
 * given arena; any thread. */
#ifndef BANTIN_MSG_H
#define BANTIN_MSG_H

#include "base/base.h"

enum lang { LANG_VI, LANG_EN, LANG_COUNT };

#include "locale/msg_keys.h" /* enum msg: MSG_NONE, MSG_<key>…, MSG_COUNT */

/* "vi", "en"; and back: LANG_VI for anything unknown. */
struct str lang_code(enum lang lang);
enum lang lang_of_code(struct str code);

/* The text as it stands; for one with {placeholders} use T. */
struct str msg(enum lang lang, enum msg key);
/* The key's own name, "article_saved_by": for logs and tests. */
struct str msg_name(enum msg key);

struct msg_arg {
    const char *name;
    struct str text;
    int64_t number;
    bool is_number;
};

/* Puts the arguments in their places; one that is missing leaves its "{name}" to be seen. */
struct str msg_format(struct arena *a, enum lang lang, enum msg key, const struct msg_arg *args, size_t count);

/* T(arena, lang, MSG_article_saved_by, ARG("who", person.name), ARG("n", 3)) */
#define T(arena, lang, key, ...)                                                                                       \
    msg_format((arena), (lang), (key), (const struct msg_arg[]){{0}, ##__VA_ARGS__} + 1,                               \
               sizeof((const struct msg_arg[]){{0}, ##__VA_ARGS__}) / sizeof(struct msg_arg) - 1)
#define ARG(name, value)                                                                                               \
    _Generic((value), struct str: msg_arg_str, char *: msg_arg_z, const char *: msg_arg_z, default: msg_arg_int)(name, \
                                                                                                                value)
struct msg_arg msg_arg_str(const char *name, struct str text);
struct msg_arg msg_arg_z(const char *name, const char *text);
struct msg_arg msg_arg_int(const char *name, int64_t number);

/* Written by msggen. */
extern const struct str msg_texts[LANG_COUNT][MSG_COUNT];
extern const char *const msg_names[MSG_COUNT];
#endif
