/* assetgen OUTPUT.c FILE…: writes the files as constant data with an address that carries their hash, and with gzip
 * and brotli where these save something (platform/http/assets.h). A file's name is what stands after the last
 * "assets/" of its path. Style sheets may say url(NAME), relative to themselves; an unknown name stops the build. */
#include "base/base.h"
#include "base/files.h"
#include "http/compress.h"
#include <sodium.h>

enum { FILE_LIMIT = 16 * 1024 * 1024, HASH_BYTES = 6 };

struct file {
    struct str name, content, url;
    const char *type;
    struct str gzip, brotli;
};

static const struct {
    const char *ending, *type;
    bool is_text;
} types[] = {
    {".css", "text/css; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".svg", "image/svg+xml", true},
    {".json", "application/json", true},
    {".webmanifest", "application/manifest+json", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".woff2", "font/woff2", false},
    {".png", "image/png", false},
    {".jpg", "image/jpeg", false},
    {".webp", "image/webp", false},
    {".ico", "image/x-icon", false},
    {".mp3", "audio/mpeg", false},
};

static NO_RETURN PRINTF_LIKE(2, 3) void stop(struct str where, const char *format, ...)
{
    va_list args;

    va_start(args, format);
    fprintf(stderr, "%.*s: ", STR_ARG(where));
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    exit(1);
}

static struct str name_of(struct str path)
{
    size_t from = 0;

    for (size_t at = str_find(path, S("assets/"), 0); at != SIZE_MAX; at = str_find(path, S("assets/"), at + 1))
        from = at + 7;
    return str_skip(path, from);
}

static bool is_css(const struct file *f)
{
    return str_ends(f->name, S(".css"));
}

static size_t last_dot(struct str name)
{
    size_t dot = name.len;

    while (dot > 0 && name.ptr[dot - 1] != '.')
        dot--;
    if (dot == 0)
        stop(name, "a name without an ending");
    return dot - 1;
}

static void finish(struct arena *a, struct file *f)
{
    unsigned char hash[16];
    size_t dot = last_dot(f->name);
    bool is_text = false;

    for (size_t i = 0; i < countof(types); i++)
        if (str_equal(str_skip(f->name, dot), str_of(types[i].ending))) {
            f->type = types[i].type;
            is_text = types[i].is_text;
        }
    if (f->type == NULL)
        stop(f->name, "a kind of file that is not served");
    crypto_generichash(hash, sizeof hash, (const unsigned char *)f->content.ptr, f->content.len, NULL, 0);
    f->url = str_format(a, "/tai-nguyen/%.*s.%.*s%.*s", (int)dot, f->name.ptr, STR_ARG(str_hex(a, hash, HASH_BYTES)),
                        STR_ARG(str_skip(f->name, dot)));
    if (is_text && f->content.len > 200) {
        f->gzip = compress_gzip(f->content, 9);
        f->brotli = compress_brotli(f->content, 11);
    }
}

static const struct file *find(const struct file *files, size_t n, struct str name)
{
    for (size_t i = 0; i < n; i++)
        if (str_equal(files[i].name, name))
            return &files[i];
    return NULL;
}

static struct str folder_of(struct str name)
{
    size_t n = name.len;

    while (n > 0 && name.ptr[n - 1] != '/')
        n--;
    return str_sub(name, 0, n);
}

static struct str unquote(struct str s)
{
    s = str_trim(s);
    return s.len >= 2 && (s.ptr[0] == '"' || s.ptr[0] == '\'') ? str_sub(s, 1, s.len - 2) : s;
}

/* The style sheet with addresses for names. */
static struct str resolve(struct arena *a, const struct file *css, const struct file *files, size_t n)
{
    struct buf out = buf_in(a);
    size_t at = 0, next;

    if (str_contains(css->content, S("@import")))
        stop(css->name, "@import is not served in one piece: put the rules together");
    while ((next = str_find(css->content, S("url("), at)) != SIZE_MAX) {
        size_t from = next + 4, end = str_find_char(css->content, ')', from);
        if (end == SIZE_MAX)
            stop(css->name, "url( without an end");
        struct str what = unquote(str_sub(css->content, from, end - from));
        buf_add(&out, str_sub(css->content, at, from - at));
        if (str_starts(what, S("data:")) || str_starts(what, S("#"))) {
            buf_add(&out, str_sub(css->content, from, end - from));
        } else {
            struct str folder = folder_of(css->name);
            const struct file *f = find(files, n, str_format(a, "%.*s%.*s", STR_ARG(folder), STR_ARG(what)));
            if (f == NULL || f->url.ptr == NULL)
                stop(css->name, "url(%.*s) is not among the assets", STR_ARG(what));
            buf_add(&out, f->url);
        }
        at = end;
    }
    buf_add(&out, str_skip(css->content, at));
    return buf_str(&out);
}

static void write_bytes(struct buf *out, const char *kind, size_t i, struct str bytes)
{
    if (bytes.ptr == NULL)
        return;
    buf_add_format(out, "static const char %s_%zu[] = {", kind, i);
    for (size_t j = 0; j < bytes.len; j++) {
        if (j % 32 == 0)
            buf_add_char(out, '\n');
        buf_add_format(out, "%d,", (signed char)bytes.ptr[j]);
    }
    buf_add_z(out, "0};\n");
}

static void write_str(struct buf *out, const char *kind, size_t i, struct str bytes)
{
    if (bytes.ptr == NULL)
        buf_add_z(out, ", {NULL, 0}");
    else
        buf_add_format(out, ", {%s_%zu, %zu}", kind, i, bytes.len);
}

static struct str source_of(struct arena *a, const struct file *files, size_t n)
{
    struct buf out = buf_in(a);

    buf_add_z(&out, "/* Written by tools/assetgen.c. */\n#include \"http/assets.h\"\n\n");
    for (size_t i = 0; i < n; i++) {
        write_bytes(&out, "content", i, files[i].content);
        write_bytes(&out, "gzip", i, files[i].gzip);
        write_bytes(&out, "brotli", i, files[i].brotli);
    }
    buf_add_z(&out, "\nstatic const struct asset list[] = {\n");
    for (size_t i = 0; i < n; i++) {
        buf_add_format(&out, "    {\"%.*s\", \"%.*s\", \"%s\"", STR_ARG(files[i].name), STR_ARG(files[i].url),
                       files[i].type);
        write_str(&out, "content", i, files[i].content);
        write_str(&out, "gzip", i, files[i].gzip);
        write_str(&out, "brotli", i, files[i].brotli);
        buf_add_z(&out, "},\n");
    }
    buf_add_z(&out, "};\n\n__attribute__((constructor)) static void use_assets(void)\n{\n"
                    "    assets_use(list, sizeof list / sizeof list[0]);\n}\n");
    return buf_str(&out);
}

static int by_name(const void *a, const void *b)
{
    return str_compare(((const struct file *)a)->name, ((const struct file *)b)->name);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new(0);
    size_t n = argc > 2 ? (size_t)argc - 2 : 0;
    struct file *files = NEW_ARRAY(a, struct file, n + 1);

    if (n == 0 || sodium_init() < 0) {
        fprintf(stderr, "assetgen OUTPUT.c FILE...\n");
        return 2;
    }
    for (size_t i = 0; i < n; i++) {
        files[i].name = name_of(str_of(argv[i + 2]));
        if (file_read(a, argv[i + 2], FILE_LIMIT, &files[i].content) != OK)
            stop(str_of(argv[i + 2]), "cannot be read");
    }
    qsort(files, n, sizeof *files, by_name);
    for (size_t i = 0; i < n; i++)
        if (!is_css(&files[i]))
            finish(a, &files[i]);
    for (size_t i = 0; i < n; i++)
        if (is_css(&files[i])) {
            files[i].content = resolve(a, &files[i], files, n);
            finish(a, &files[i]);
        }
    if (file_write(argv[1], source_of(a, files, n)) != OK)
        stop(str_of(argv[1]), "cannot be written");
    for (size_t i = 0; i < n; i++) {
        free((char *)(uintptr_t)files[i].gzip.ptr);
        free((char *)(uintptr_t)files[i].brotli.ptr);
    }
    arena_free(a);
    return 0;
}
