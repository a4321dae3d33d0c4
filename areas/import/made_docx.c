#include "import/made_docx.h"

#include <zip.h>
#include "base/files.h"

static void remove_folder(void *path)
{
    IGNORE(folder_remove(path)); /* a test's own */
}

static const char *fresh_path(struct arena *a, const char *name)
{
    char *folder = str_z(a, S("/tmp/bantin-made-XXXXXX"));

    if (mkdtemp(folder) == NULL)
        abort();
    arena_defer(a, remove_folder, folder);
    return str_z(a, str_format(a, "%s/%s", folder, name));
}

const char *made_file(struct arena *a, const char *name, struct str content)
{
    const char *path = fresh_path(a, name);

    if (file_write(path, content) != OK)
        abort();
    return path;
}

const char *made_zip(struct arena *a, const char *name, const struct made_entry *entries, size_t n)
{
    const char *path = fresh_path(a, name);
    zip_t *archive = zip_open(path, ZIP_CREATE | ZIP_EXCL, NULL);

    for (size_t i = 0; i < n; i++) {
        zip_source_t *source = zip_source_buffer(archive, entries[i].content.ptr, entries[i].content.len, 0);
        if (zip_file_add(archive, entries[i].name, source, ZIP_FL_ENC_UTF_8) < 0)
            abort();
    }
    if (zip_close(archive) != 0)
        abort();
    return path;
}

#define W_NS "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

struct str made_document(struct arena *a, struct str body)
{
    return str_format(a,
                      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document " W_NS
                      " xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""
                      " xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\""
                      " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""
                      " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" "
                      "xmlns:pic=\"http://schemas.openxmlformats.org/drawingml/2006/picture\" "
                      "xmlns:wp=\"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing\""
                      " xmlns:v=\"urn:schemas-microsoft-com:vml\"><w:body>%.*s</w:body></w:document>",
                      STR_ARG(body));
}

static const char *made_package(struct arena *a, struct str body, struct str styles, const char *name,
                                struct str picture)
{
    struct made_entry entries[] = {
        {"[Content_Types].xml",
         S("<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
           "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
           "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
           "<Override PartName=\"/word/document.xml\" ContentType=\"application/"
           "vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>")},
        {"_rels/.rels",
         S("<?xml version=\"1.0\"?><Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
           "<Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
           "officeDocument\" Target=\"word/document.xml\"/></Relationships>")},
        {"word/_rels/document.xml.rels",
         S("<?xml version=\"1.0\"?><Relationships "
           "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
           "<Relationship Id=\"s1\" "
           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" "
           "Target=\"styles.xml\"/><Relationship Id=\"rImg\" "
           "Type=\"http://schemas.openxmlformats.org/officeDocument/2006/"
           "relationships/image\" Target=\"media/MEDIUM\"/></Relationships>")},
        {"word/styles.xml",
         str_format(a, "<?xml version=\"1.0\"?><w:styles " W_NS ">%.*s</w:styles>", STR_ARG(styles))},
        {"word/document.xml", made_document(a, body)},
        {str_z(a, str_format(a, "word/media/%s", name != NULL ? name : "none")), picture},
    };

    entries[2].content = str_replace(a, entries[2].content, S("MEDIUM"), str_of(name != NULL ? name : "none"));
    return made_zip(a, "made.docx", entries, countof(entries) - (name == NULL));
}

const char *made_docx(struct arena *a, struct str body, struct str styles)
{
    return made_package(a, body, styles, NULL, STR_NONE);
}

const char *made_docx_with_picture(struct arena *a, struct str body, const char *name, struct str picture)
{
    return made_package(a, body, S(""), name, picture);
}

struct str made_paragraph(struct arena *a, const char *properties, const char *run_properties, const char *text)
{
    return str_format(a, "<w:p><w:pPr>%s</w:pPr><w:r><w:rPr>%s</w:rPr><w:t xml:space=\"preserve\">%s</w:t></w:r></w:p>",
                      properties, run_properties, text);
}
