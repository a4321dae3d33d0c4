#include "tmplgen.h"
#include "base/files.h"

int line_at(const struct gen *g, size_t at)
{
    int line = 1;

    for (size_t i = 0; i < at && i < g->src.len; i++)
        line += g->src.ptr[i] == '\n';
    return line;
}

static void say(const struct gen *g, int line, const char *format, va_list args)
{
    fprintf(stderr, "%s:%d: ", g->file, line);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
}

void fail(const struct gen *g, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(g, line_at(g, g->at), format, args);
    va_end(args);
    exit(1);
}

void fail_at(const struct gen *g, int line, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    say(g, line, format, args);
    va_end(args);
    exit(1);
}

/* --- reading ------------------------------------------------------------------------------------------------------ */

bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool looking_at(const struct gen *g, const char *text)
{
    return str_starts(str_skip(g->src, g->at), str_of(text));
}

bool take(struct gen *g, const char *text)
{
    if (!looking_at(g, text))
        return false;
    g->at += strlen(text);
    return true;
}

void skip_space(struct gen *g)
{
    while (g->at < g->src.len && strchr(" \t\r\n", g->src.ptr[g->at]) != NULL)
        g->at++;
}

void expect(struct gen *g, const char *text)
{
    skip_space(g);
    if (!take(g, text))
        fail(g, "'%s' expected", text);
}

struct str take_name(struct gen *g)
{
    skip_space(g);
    size_t from = g->at;
    while (g->at < g->src.len && is_name_char(g->src.ptr[g->at]))
        g->at++;
    struct str name = str_sub(g->src, from, g->at - from);
    if (name.len == 0 || (name.ptr[0] >= '0' && name.ptr[0] <= '9'))
        fail(g, "a name expected");
    return name;
}

/* --- writing ------------------------------------------------------------------------------------------------------ */

void add_static(struct gen *g, struct str s)
{
    buf_add(&g->text, s);
}

/* Long texts are cut: compilers must take a literal of 4,095 bytes only. */
enum { LITERAL_MAX = 4000 };

static void add_literal(struct buf *c, struct str s)
{
    buf_add_z(c, "    buf_add(&out->buf, S(\"");
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == '\n')
            buf_add_z(c, i + 1 < s.len ? "\\n\"\n        \"" : "\\n");
        else if (s.ptr[i] == '"' || s.ptr[i] == '\\')
            buf_add_format(c, "\\%c", s.ptr[i]);
        else
            buf_add_char(c, s.ptr[i]);
    }
    buf_add_z(c, "\"));\n");
}

void flush_text(struct gen *g)
{
    struct str s = buf_str(&g->text);

    while (s.len > 0) {
        size_t n = s.len;
        if (n > LITERAL_MAX)
            for (n = LITERAL_MAX; n > 1 && (s.ptr[n] & 0xc0) == 0x80;)
                n--;
        add_literal(&g->c, str_sub(s, 0, n));
        s = str_skip(s, n);
    }
    g->text = buf_in(g->arena);
}

void begin_c(struct gen *g)
{
    flush_text(g);
    buf_add_format(&g->c, "#line %d \"%s\"\n    ", line_at(g, g->at), g->file);
}

/* --- the program -------------------------------------------------------------------------------------------------- */

static void read_messages(struct gen *g, const char *path)
{
    struct str rest, line, word;
    struct message *all = NULL;

    if (file_read(g->arena, path, 16 << 20, &rest) != OK) {
        fprintf(stderr, "%s:1: cannot be read\n", path);
        exit(1);
    }
    while (rest.ptr != NULL) {
        rest = str_cut(rest, '\n', &line);
        if (line.len == 0)
            continue;
        all = arena_grow(g->arena, all, g->message_count * sizeof *all, (g->message_count + 1) * sizeof *all);
        struct message *m = &all[g->message_count++];
        *m = (struct message){0};
        line = str_cut(line, ' ', &m->key);
        while (line.ptr != NULL && m->param_count < MAX_MESSAGE_PARAMS) {
            line = str_cut(line, ' ', &word);
            m->params[m->param_count++] = word;
        }
    }
    g->messages = all;
}

static struct str guard_of(struct arena *a, const char *path)
{
    struct buf b = buf_in(a);
    const char *base = strrchr(path, '/');

    buf_add_z(&b, "BANTIN_");
    for (const char *z = base != NULL ? base + 1 : path; *z != 0; z++)
        buf_add_char(&b, is_name_char(*z) ? (*z >= 'a' && *z <= 'z' ? (char)(*z - 32) : *z) : '_');
    return buf_str(&b);
}

static void write_file(const char *path, struct str content)
{
    if (file_write(path, content) == OK)
        return;
    fprintf(stderr, "%s:1: cannot be written\n", path);
    exit(1);
}

static void write_results(struct gen *g, const char *c_path, const char *h_path, const char *views)
{
    struct str guard = guard_of(g->arena, h_path);
    struct buf c = buf_in(g->arena), h = buf_in(g->arena);
    const char *base = strrchr(h_path, '/');

    buf_add_format(&h,
                   "/* Written by tmplgen. */\n#ifndef %.*s\n#define %.*s\n\n#include \"html/html.h\"\n\n%.*s#endif\n",
                   STR_ARG(guard), STR_ARG(guard), STR_ARG(buf_str(&g->header)));
    write_file(h_path, buf_str(&h));

    buf_add_format(&c,
                   "/* Written by tmplgen. */\n#include \"html/html.h\"\n#include \"html/fields.h\"\n"
                   "#include \"%s\"\n#include \"%s\"\n",
                   views, base != NULL ? base + 1 : h_path);
    if (g->uses_page)
        buf_add_z(&c, "#include \"layout/layout.h\"\n#include \"layout/layout_render.h\"\n");
    buf_add(&c, buf_str(&g->c));
    write_file(c_path, buf_str(&c));
}

int main(int argc, char **argv)
{
    struct gen g = {.arena = arena_new(0)};

    if (argc < 6) {
        fprintf(stderr, "tmplgen PARAMS.txt VIEWS.h OUT.c OUT.h TEMPLATE.html…\n");
        return 2;
    }
    g.text = buf_in(g.arena);
    g.c = buf_in(g.arena);
    g.header = buf_in(g.arena);
    read_messages(&g, argv[1]);
    for (int i = 5; i < argc; i++) {
        g.file = argv[i];
        g.at = 0;
        if (file_read(g.arena, g.file, 4 << 20, &g.src) != OK)
            fail(&g, "cannot be read");
        if (!str_is_utf8(g.src))
            fail(&g, "is not UTF-8");
        read_file(&g);
    }
    write_results(&g, argv[3], argv[4], argv[2]);
    arena_free(g.arena);
    return 0;
}
