/* Reads the messages in locale/LANG/AREA.po and writes what the program and the templates use of them.
 *
 *   msggen --write KEYS.h TEXTS.c PARAMS.txt --vi FILE.po… --en FILE.po…
 *   msggen --check --vi FILE.po… --en FILE.po… --sources FOLDER…
 *
 * A key given twice, known in English only, or with other placeholders there stops the build. --check (a test) finds
 * keys without English text, keys that no source names, and calls in C with other arguments than the text has. The
 * syntax is explained in locale/README.md. */
#include "base/base.h"
#include "base/files.h"
#include <dirent.h>
#include <sys/stat.h>

enum { VI, EN, LANGUAGES, MAX_PARAMS = 12, PO_LIMIT = 4 << 20 };

struct message {
    struct str key;
    struct str text[LANGUAGES];
    const char *file[LANGUAGES];
    int line[LANGUAGES];
    bool used;
};

static struct arena *arena;
static struct message *messages;
static size_t message_count;
static int errors;

static void complain(const char *file, int line, const char *format, ...) PRINTF_LIKE(3, 4);
static void complain(const char *file, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "%s:%d: ", file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    errors++;
}

static struct message *message_find(struct str key)
{
    for (size_t i = 0; i < message_count; i++)
        if (str_equal(messages[i].key, key))
            return &messages[i];
    return NULL;
}

/* --- placeholders ------------------------------------------------------------------------------------------------ */

struct params {
    struct str name[MAX_PARAMS];
    size_t count;
};

static bool is_name(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!((s.ptr[i] >= 'a' && s.ptr[i] <= 'z') || s.ptr[i] == '_' || (i > 0 && s.ptr[i] >= '0' && s.ptr[i] <= '9')))
            return false;
    return s.len > 0;
}

static bool params_have(const struct params *p, struct str name)
{
    for (size_t i = 0; i < p->count; i++)
        if (str_equal(p->name[i], name))
            return true;
    return false;
}

/* Reads one {name} or {name|one|many} whose brace is at `at`; returns the place behind it, or SIZE_MAX. */
static size_t read_placeholder(struct str text, size_t at, bool inside, struct params *p)
{
    size_t from = ++at;

    while (at < text.len && text.ptr[at] != '|' && text.ptr[at] != '}' && text.ptr[at] != '{')
        at++;
    struct str name = str_sub(text, from, at - from);
    if (at == text.len || !is_name(name) || (!params_have(p, name) && p->count == MAX_PARAMS))
        return SIZE_MAX;
    if (!params_have(p, name))
        p->name[p->count++] = name;
    if (text.ptr[at] == '}')
        return at + 1;
    if (inside || text.ptr[at] != '|')
        return SIZE_MAX;
    int bars = 0;
    while (at < text.len && text.ptr[at] != '}') {
        if (text.ptr[at] == '{') {
            if ((at = read_placeholder(text, at, true, p)) == SIZE_MAX)
                return SIZE_MAX;
            continue;
        }
        bars += text.ptr[at++] == '|';
    }
    return at < text.len && bars == 2 ? at + 1 : SIZE_MAX;
}

static bool read_params(struct str text, struct params *p)
{
    size_t at = 0;

    *p = (struct params){0};
    while (at < text.len) {
        if (text.ptr[at] == '}')
            return false;
        at = text.ptr[at] == '{' ? read_placeholder(text, at, false, p) : at + 1;
        if (at == SIZE_MAX)
            return false;
    }
    return true;
}

/* --- po files ---------------------------------------------------------------------------------------------------- */

/* Adds the inside of one quoted string; false when it is not one. */
static bool add_quoted(struct buf *b, struct str line)
{
    line = str_trim(line);
    if (line.len < 2 || line.ptr[0] != '"' || line.ptr[line.len - 1] != '"')
        return false;
    for (size_t i = 1; i + 1 < line.len; i++) {
        char c = line.ptr[i];
        if (c == '"')
            return false;
        if (c == '\\') {
            c = line.ptr[++i];
            if (i + 1 >= line.len || strchr("n\"\\t", c) == NULL)
                return false;
            c = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        buf_add_char(b, c);
    }
    return true;
}

static void add_message(int lang, const char *file, int line, struct str key, struct str text)
{
    struct params p;

    if (key.len == 0) /* the header */
        return;
    if (!is_name(key)) {
        complain(file, line, "the key '%.*s' is not made of small letters, digits and '_'", STR_ARG(key));
        return;
    }
    if (!str_is_utf8(text) || !read_params(text, &p)) {
        complain(file, line, "'%.*s': a placeholder is written {name} or {name|one|many}", STR_ARG(key));
        return;
    }
    struct message *m = message_find(key);
    if (m != NULL && m->file[lang] != NULL) {
        complain(file, line, "'%.*s' was given before, at %s:%d", STR_ARG(key), m->file[lang], m->line[lang]);
        return;
    }
    if (m == NULL) {
        messages =
            arena_grow(arena, messages, message_count * sizeof *messages, (message_count + 1) * sizeof *messages);
        m = &messages[message_count++];
        *m = (struct message){.key = key};
    }
    m->text[lang] = text;
    m->file[lang] = file;
    m->line[lang] = line;
}

static void read_po(int lang, const char *file)
{
    struct str rest, line;
    struct buf key = buf_in(arena), text = buf_in(arena), *into = NULL;
    int number = 0, key_line = 0;

    if (file_read(arena, file, PO_LIMIT, &rest) != OK) {
        complain(file, 1, "cannot be read");
        return;
    }
    while (rest.ptr != NULL) {
        rest = str_cut(rest, '\n', &line);
        line = str_trim(line);
        number++;
        if (line.len == 0 || line.ptr[0] == '#')
            continue;
        if (str_starts(line, S("msgid "))) {
            if (key_line != 0)
                add_message(lang, file, key_line, buf_str(&key), buf_str(&text));
            key = buf_in(arena);
            text = buf_in(arena);
            into = &key;
            key_line = number;
            line = str_skip(line, 6);
        } else if (str_starts(line, S("msgstr ")) && into == &key) {
            into = &text;
            line = str_skip(line, 7);
        }
        if (into == NULL || !add_quoted(into, line))
            complain(file, number, "neither msgid, msgstr, a quoted string nor a comment");
    }
    if (key_line != 0)
        add_message(lang, file, key_line, buf_str(&key), buf_str(&text));
}

static void compare_languages(void)
{
    for (size_t i = 0; i < message_count; i++) {
        const struct message *m = &messages[i];
        struct params vi, en;
        if (m->file[VI] == NULL) {
            complain(m->file[EN], m->line[EN], "'%.*s' has no Vietnamese text", STR_ARG(m->key));
            continue;
        }
        if (m->text[VI].len == 0)
            complain(m->file[VI], m->line[VI], "'%.*s' is empty", STR_ARG(m->key));
        if (m->file[EN] == NULL || !read_params(m->text[VI], &vi) || !read_params(m->text[EN], &en) ||
            m->text[EN].len == 0)
            continue;
        bool same = vi.count == en.count;
        for (size_t k = 0; same && k < vi.count; k++)
            same = params_have(&en, vi.name[k]);
        if (!same)
            complain(m->file[EN], m->line[EN], "'%.*s' has other placeholders than the Vietnamese text",
                     STR_ARG(m->key));
    }
}

/* --- what is written --------------------------------------------------------------------------------------------- */

static int by_key(const void *a, const void *b)
{
    return str_compare(((const struct message *)a)->key, ((const struct message *)b)->key);
}

static void add_c_string(struct buf *b, struct str s)
{
    buf_add(b, S("{\""));
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\n')
            buf_add(b, S("\\n"));
        else if (s.ptr[i] == '\t')
            buf_add(b, S("\\t"));
        else if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            buf_add_format(b, "\\%c", s.ptr[i]);
        else
            buf_add_char(b, s.ptr[i]);
    }
    buf_add_format(b, "\", %zu}", s.len);
}

static void write_or_complain(const char *path, const struct buf *content)
{
    if (file_write(path, buf_str(content)) != OK)
        complain(path, 1, "cannot be written");
}

static void write_keys(const char *path)
{
    struct buf b = buf_in(arena);

    buf_add_z(&b, "/* Written by msggen. */\n#ifndef BANTIN_MSG_KEYS_H\n#define BANTIN_MSG_KEYS_H\n\nenum msg {\n    "
                  "MSG_NONE,\n");
    for (size_t i = 0; i < message_count; i++)
        buf_add_format(&b, "    MSG_%.*s,\n", STR_ARG(messages[i].key));
    buf_add_z(&b, "    MSG_COUNT\n};\n#endif\n");
    write_or_complain(path, &b);
}

static void write_texts(const char *path)
{
    struct buf b = buf_in(arena);

    buf_add_z(
        &b,
        "/* Written by msggen. */\n#include \"html/msg.h\"\n\nconst struct str msg_texts[LANG_COUNT][MSG_COUNT] = {\n");
    for (int lang = VI; lang < LANGUAGES; lang++) {
        buf_add_format(&b, "    [%s] = {\n        [MSG_NONE] = {\"\", 0},\n", lang == VI ? "LANG_VI" : "LANG_EN");
        for (size_t i = 0; i < message_count; i++) {
            const struct message *m = &messages[i];
            buf_add_format(&b, "        [MSG_%.*s] = ", STR_ARG(m->key));
            add_c_string(&b, m->text[lang].len != 0 ? m->text[lang] : m->text[VI]);
            buf_add_z(&b, ",\n");
        }
        buf_add_z(&b, "    },\n");
    }
    buf_add_z(&b, "};\n\nconst char *const msg_names[MSG_COUNT] = {\n    [MSG_NONE] = \"\",\n");
    for (size_t i = 0; i < message_count; i++)
        buf_add_format(&b, "    [MSG_%.*s] = \"%.*s\",\n", STR_ARG(messages[i].key), STR_ARG(messages[i].key));
    buf_add_z(&b, "};\n");
    write_or_complain(path, &b);
}

/* For tmplgen: a line a message, the key and its parameters. */
static void write_params(const char *path)
{
    struct buf b = buf_in(arena);

    for (size_t i = 0; i < message_count; i++) {
        struct params p;
        buf_add(&b, messages[i].key);
        if (read_params(messages[i].text[VI], &p))
            for (size_t k = 0; k < p.count; k++)
                buf_add_format(&b, " %.*s", STR_ARG(p.name[k]));
        buf_add_char(&b, '\n');
    }
    write_or_complain(path, &b);
}

/* --- the check --------------------------------------------------------------------------------------------------- */

static bool is_word(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* In C a key is used as MSG_key; in a template any word may be one: its own name, or a field's, whose label is
 * field_NAME. */
static void mark_words(struct str text, bool is_template)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        while (at < text.len && is_word(text.ptr[at]))
            at++;
        struct str word = str_sub(text, from, at - from);
        at += at < text.len;
        if (word.len == 0 || (!is_template && !str_starts(word, S("MSG_"))))
            continue;
        struct message *m = message_find(is_template ? word : str_skip(word, 4));
        if (m != NULL)
            m->used = true;
        if (is_template && (m = message_find(str_format(arena, "field_%.*s", STR_ARG(word)))) != NULL)
            m->used = true;
    }
}

/* The end of the call whose '(' is at `at`: behind its ')', texts skipped. */
static size_t end_of_call(struct str c, size_t at)
{
    size_t depth = 0;

    for (; at < c.len; at++) {
        if (c.ptr[at] == '"')
            for (at++; at < c.len && c.ptr[at] != '"'; at++)
                at += c.ptr[at] == '\\';
        else if (c.ptr[at] == '(')
            depth++;
        else if (c.ptr[at] == ')' && --depth == 0)
            return at + 1;
    }
    return c.len;
}

static struct str word_after(struct str c, struct str prefix)
{
    size_t at = str_find(c, prefix, 0), from = at + prefix.len, to = from;

    if (at == SIZE_MAX)
        return STR_NONE;
    while (to < c.len && is_word(c.ptr[to]))
        to++;
    return str_sub(c, from, to - from);
}

/* One call of msg or T: its arguments by name are the message's, none left out. */
static void check_call(const char *path, int line, struct str call)
{
    const struct message *m = message_find(word_after(call, S("MSG_")));
    struct params wanted, given = {0};

    if (m == NULL || !read_params(m->text[VI], &wanted))
        return;
    for (size_t at; (at = str_find(call, S("ARG(\""), 0)) != SIZE_MAX; call = str_skip(call, at + 5)) {
        struct str name = word_after(call, S("ARG(\""));
        if (!params_have(&wanted, name))
            complain(path, line, "the message '%.*s' has no argument '%.*s'", STR_ARG(m->key), STR_ARG(name));
        else if (given.count < MAX_PARAMS)
            given.name[given.count++] = name;
    }
    for (size_t i = 0; i < wanted.count; i++)
        if (!params_have(&given, wanted.name[i]))
            complain(path, line, "the message '%.*s' lacks its argument '%.*s'", STR_ARG(m->key),
                     STR_ARG(wanted.name[i]));
}

static void check_calls(const char *path, struct str c)
{
    int line = 1;

    for (size_t at = 0; at < c.len; at++) {
        struct str rest = str_skip(c, at);
        line += c.ptr[at] == '\n';
        bool is_start = at == 0 || !is_word(c.ptr[at - 1]);
        if (is_start && (str_starts(rest, S("T(")) || str_starts(rest, S("msg("))))
            check_call(path, line, str_sub(c, at, end_of_call(c, at) - at));
    }
}

static void mark_used(const char *path)
{
    struct stat st;
    struct str text, name = str_of(path);

    if (lstat(path, &st) != 0)
        return;
    if (S_ISDIR(st.st_mode)) {
        DIR *folder = opendir(path);
        if (folder == NULL)
            return;
        for (struct dirent *e; (e = readdir(folder)) != NULL;)
            if (e->d_name[0] != '.')
                mark_used(str_z(arena, str_format(arena, "%s/%s", path, e->d_name)));
        closedir(folder);
        return;
    }
    bool is_template = str_ends(name, S(".html"));
    if (!is_template && !str_ends(name, S(".c")) && !str_ends(name, S(".h")) && !str_ends(name, S(".def")))
        return;
    if (file_read(arena, path, PO_LIMIT, &text) != OK)
        return;
    mark_words(text, is_template);
    if (str_ends(name, S(".c")) && !str_ends(name, S("_test.c")))
        check_calls(path, text);
}

static void check_all(void)
{
    for (size_t i = 0; i < message_count; i++) {
        const struct message *m = &messages[i];
        if (m->text[EN].len == 0)
            complain(m->file[VI], m->line[VI], "'%.*s' has no English text", STR_ARG(m->key));
        if (!m->used)
            complain(m->file[VI], m->line[VI], "'%.*s' is used nowhere", STR_ARG(m->key));
    }
}

int main(int argc, char **argv)
{
    int at = 1, into = -1;
    const char *outputs[3] = {0};
    bool check = argc > 1 && strcmp(argv[1], "--check") == 0;

    arena = arena_new(0);
    if (!check && (argc < 6 || strcmp(argv[1], "--write") != 0)) {
        fprintf(stderr, "msggen --write KEYS.h TEXTS.c PARAMS.txt --vi FILE.po… --en FILE.po…\n"
                        "msggen --check --vi FILE.po… --en FILE.po… --sources FOLDER…\n");
        return 2;
    }
    for (at = 2; !check && at < 5; at++)
        outputs[at - 2] = argv[at];
    enum { SOURCES = LANGUAGES };
    for (; at < argc; at++) {
        if (strcmp(argv[at], "--vi") == 0)
            into = VI;
        else if (strcmp(argv[at], "--en") == 0)
            into = EN;
        else if (strcmp(argv[at], "--sources") == 0)
            into = SOURCES;
        else if (into == SOURCES)
            mark_used(argv[at]);
        else if (into >= 0)
            read_po(into, argv[at]);
    }
    compare_languages();
    qsort(messages, message_count, sizeof *messages, by_key);
    if (check)
        check_all();
    if (!check && errors == 0) {
        write_keys(outputs[0]);
        write_texts(outputs[1]);
        write_params(outputs[2]);
    }
    arena_free(arena);
    return errors != 0;
}
