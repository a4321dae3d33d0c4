#include "import/docx_prepass.h"

#include <libxml/parser.h>
#include <libxml/xmlsave.h>
#include <zip.h>

const char docx_broken[] = "broken", docx_empty[] = "empty", docx_encrypted[] = "encrypted", docx_bomb[] = "bomb",
           docx_unknown[] = "unknown";

enum {
    MAX_ENTRIES = 4000,
    MAX_PART = 48 << 20,    /* one XML part: 400 pages are 3 MB */
    MAX_MEDIUM = 100 << 20, /* one picture */
    MAX_TOTAL = 600 << 20,
    FREE_RATIO = 64 << 20, /* below this much nobody asks how well it was packed */
    MAX_RATIO = 100,
};

/* --- the archive ------------------------------------------------------------------------------------------------- */

static bool is_media(const char *name)
{
    return strstr(name, "/media/") != NULL || strncmp(name, "Pictures/", 9) == 0;
}

const char *docx_guard(struct zip *archive)
{
    zip_int64_t n = zip_get_num_entries(archive, 0);
    uint64_t total = 0, packed = 0;

    if (n <= 0)
        return docx_empty;
    if (n > MAX_ENTRIES)
        return docx_bomb;
    for (zip_int64_t i = 0; i < n; i++) {
        zip_stat_t st;
        if (zip_stat_index(archive, (zip_uint64_t)i, 0, &st) != 0 || (st.valid & ZIP_STAT_SIZE) == 0)
            return docx_broken;
        if ((st.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && st.encryption_method != ZIP_EM_NONE)
            return docx_encrypted;
        if (st.size > (is_media(st.name) ? MAX_MEDIUM : MAX_PART))
            return docx_bomb;
        total += st.size;
        packed += st.comp_size;
        if (total > MAX_TOTAL)
            return docx_bomb;
    }
    return total > FREE_RATIO && total / (packed + 1) > MAX_RATIO ? docx_bomb : NULL;
}

/* The whole entry; NULL where there is none or it is not what the archive's list says. */
static void *read_entry(struct arena *a, struct zip *archive, const char *name, size_t *size)
{
    zip_stat_t st;

    if (zip_stat(archive, name, 0, &st) != 0 || st.size > MAX_PART)
        return NULL;
    zip_file_t *file = zip_fopen_index(archive, st.index, 0);
    if (file == NULL)
        return NULL;
    char *bytes = arena_alloc(a, st.size + 1);
    zip_int64_t got = zip_fread(file, bytes, st.size + 1);
    int closed = zip_fclose(file);
    if (got < 0 || (zip_uint64_t)got != st.size || closed != 0)
        return NULL;
    *size = st.size;
    return bytes;
}

/* --- XML --------------------------------------------------------------------------------------------------------- */

static xmlParserInput *no_entity(const char *url, const char *id, xmlParserCtxt *context)
{
    (void)url, (void)id, (void)context;
    return NULL;
}

static void be_silent(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

static bool is_forbidden(unsigned char c)
{
    return c < 32 && c != '\t' && c != '\n' && c != '\r';
}

/* UTF-16 is full of zero bytes, and left as it is. */
static struct str hide_controls(struct arena *a, struct str xml)
{
    size_t found = 0;

    for (size_t i = 0; i < xml.len; i++) {
        if (xml.ptr[i] == '\0')
            return xml;
        found += is_forbidden((unsigned char)xml.ptr[i]);
    }
    if (found == 0)
        return xml;
    struct buf b = buf_in(a);
    buf_reserve(&b, xml.len + 2 * found);
    for (size_t i = 0; i < xml.len; i++) {
        unsigned char c = (unsigned char)xml.ptr[i];
        if (is_forbidden(c))
            buf_add_code(&b, DOCX_HIDDEN + c);
        else
            buf_add_char(&b, (char)c);
    }
    return buf_str(&b);
}

xmlDoc *docx_parse(struct arena *a, const void *bytes, size_t n)
{
    /* A declaration of entities stands at the beginning, and no program writes one into a Word file. */
    if (n == 0 || n > MAX_PART || memmem(bytes, n < 4096 ? n : 4096, "<!", 2) != NULL)
        return NULL;
    xmlSetExternalEntityLoader(no_entity);
    xmlSetGenericErrorFunc(NULL, be_silent);
    struct str xml = hide_controls(a, (struct str){bytes, n});
    xmlDoc *doc = xmlReadMemory(xml.ptr, (int)xml.len, "part.xml", NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT);
    if (doc != NULL && (doc->intSubset != NULL || xmlDocGetRootElement(doc) == NULL)) {
        xmlFreeDoc(doc);
        return NULL;
    }
    return doc;
}

static xmlDoc *parse_entry(struct arena *a, struct zip *archive, const char *name)
{
    size_t n = 0;
    void *bytes = read_entry(a, archive, name, &n);

    return bytes != NULL ? docx_parse(a, bytes, n) : NULL;
}

/* --- from one archive into another ------------------------------------------------------------------------------- */

struct package {
    struct arena *arena;
    struct zip *from, *to;
    struct str folder; /* of the main part: "word/" */
    struct docx_styles *styles;
    struct docx_report *report;
};

static bool put(struct package *package, const char *name, const void *bytes, size_t n)
{
    zip_source_t *source = zip_source_buffer(package->to, bytes, n, 0);

    if (source != NULL && zip_file_add(package->to, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

static bool put_doc(struct package *package, const char *name, xmlDoc *doc)
{
    xmlChar *bytes = NULL;
    int n = 0;

    xmlDocDumpMemoryEnc(doc, &bytes, &n, "UTF-8");
    xmlFreeDoc(doc);
    if (bytes == NULL)
        return false;
    struct str kept = str_copy(package->arena, (struct str){(const char *)bytes, (size_t)n});
    xmlFree(bytes);
    return put(package, name, kept.ptr, kept.len);
}

static bool put_copy(struct package *package, zip_uint64_t i, const char *name)
{
    zip_source_t *source = zip_source_zip(package->to, package->from, i, 0, 0, -1);

    if (source != NULL && zip_file_add(package->to, name, source, ZIP_FL_ENC_UTF_8) >= 0)
        return true;
    zip_source_free(source);
    return false;
}

static bool ends_in_one_of(struct str name, const char *const *endings, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct str ending = str_of(endings[i]);
        if (name.len >= ending.len && str_equal_nocase(str_skip(name, name.len - ending.len), ending))
            return true;
    }
    return false;
}

/* Pictures that a browser can show go along; the rest is counted. */
static bool put_medium(struct package *package, zip_uint64_t i, const char *name)
{
    static const char *const shown[] = {".png", ".jpg",  ".jpeg", ".jpe", ".jfif",
                                        ".gif", ".webp", ".bmp",  ".tif", ".tiff"};
    static const char *const drawn[] = {".wmf", ".emf", ".svg", ".pict", ".wdp", ".eps"};

    if (ends_in_one_of(str_of(name), shown, countof(shown)))
        return put_copy(package, i, name);
    if (ends_in_one_of(str_of(name), drawn, countof(drawn)))
        package->report->pictures_skipped++;
    else
        package->report->sounds_skipped++;
    return true;
}

static bool put_text_part(struct package *package, const char *name)
{
    xmlDoc *doc = parse_entry(package->arena, package->from, name);

    if (doc == NULL)
        return false;
    docx_rewrite(package->arena, doc, package->styles, package->report);
    return put_doc(package, name, doc);
}

static const char *in_folder(struct package *package, const char *name)
{
    return str_z(package->arena, str_format(package->arena, "%.*s%s", STR_ARG(package->folder), name));
}

static bool put_styles(struct package *package)
{
    const char *name = in_folder(package, "styles.xml");
    xmlDoc *doc = parse_entry(package->arena, package->from, name);

    package->styles = docx_styles_read(package->arena, doc);
    if (doc == NULL)
        return zip_name_locate(package->from, name, 0) < 0;
    docx_styles_add_alignment(doc);
    return put_doc(package, name, doc);
}

/* Only what pandoc reads goes along: the rest of a Word package is not for us to trust. */
static bool put_rest(struct package *package, const char *main_part)
{
    static const char *const plain[] = {"numbering.xml", "settings.xml", "theme/theme1.xml", "fontTable.xml"};
    static const char *const texts[] = {"footnotes.xml", "endnotes.xml"};
    zip_int64_t n = zip_get_num_entries(package->from, 0);

    for (zip_int64_t i = 0; i < n; i++) {
        const char *name = zip_get_name(package->from, (zip_uint64_t)i, ZIP_FL_ENC_UTF_8);
        if (name == NULL || strstr(name, "..") != NULL || name[0] == '/' || strchr(name, '\\') != NULL)
            return false;
        struct str s = str_of(name);
        bool done = true;
        if (str_ends(s, S("/")) || strcmp(name, main_part) == 0)
            continue;
        if (strcmp(name, "[Content_Types].xml") == 0 || str_ends(s, S(".rels")))
            done = put_copy(package, (zip_uint64_t)i, name);
        else if (is_media(name))
            done = put_medium(package, (zip_uint64_t)i, name);
        for (size_t k = 0; k < countof(plain); k++)
            if (strcmp(name, in_folder(package, plain[k])) == 0)
                done = put_copy(package, (zip_uint64_t)i, name);
        for (size_t k = 0; k < countof(texts); k++)
            if (strcmp(name, in_folder(package, texts[k])) == 0)
                done = put_text_part(package, name);
        if (!done)
            return false;
    }
    return true;
}

/* The package's own list names the main part; nearly always word/document.xml. */
static const char *find_main(struct arena *a, struct zip *archive)
{
    xmlDoc *doc = parse_entry(a, archive, "_rels/.rels");
    const char *found = "word/document.xml";

    if (doc == NULL)
        return NULL;
    for (xmlNode *node = xmlDocGetRootElement(doc)->children; node != NULL; node = node->next) {
        if (node->type != XML_ELEMENT_NODE || !str_ends(docx_attribute(node, "Type"), S("/officeDocument")))
            continue;
        struct str target = docx_attribute(node, "Target");
        found = str_z(a, str_starts(target, S("/")) ? str_skip(target, 1) : target);
    }
    xmlFreeDoc(doc);
    return found;
}

static const char *rewrite(struct package *package)
{
    const char *main_part = find_main(package->arena, package->from);

    if (main_part == NULL || zip_name_locate(package->from, main_part, 0) < 0)
        return docx_unknown; /* a zip, but no Word file */
    const char *slash = strrchr(main_part, '/');
    package->folder = slash != NULL ? str_range(main_part, slash + 1) : S("");
    if (!put_styles(package) || !put_text_part(package, main_part) || !put_rest(package, main_part))
        return docx_broken;
    return NULL;
}

const char *docx_prepass(struct arena *a, const char *in, const char *out, struct docx_report *report)
{
    int code = 0;
    struct package package = {.arena = a, .report = report};

    package.from = zip_open(in, ZIP_RDONLY, &code);
    if (package.from == NULL)
        return docx_broken;
    const char *problem = docx_guard(package.from);
    if (problem == NULL && (package.to = zip_open(out, ZIP_CREATE | ZIP_EXCL, &code)) == NULL)
        problem = docx_broken;
    if (problem == NULL)
        problem = rewrite(&package);
    if (package.to != NULL && problem != NULL)
        zip_discard(package.to);
    else if (package.to != NULL && zip_close(package.to) != 0) {
        zip_discard(package.to);
        problem = docx_broken;
    }
    zip_discard(package.from);
    return problem;
}
