/* Whatever stands in the parts of a Word file: the pre-pass ends, and what it writes can be read again. The input is
 * styles.xml and document.xml with a zero byte between. */
#include <libxml/parser.h>
#include "import/docx_prepass.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(0);
    struct str styles_part, document = str_cut((struct str){(const char *)data, size}, '\0', &styles_part);
    struct docx_report report = {0};
    xmlDoc *styles_doc = docx_parse(a, styles_part.ptr, styles_part.len),
           *doc = docx_parse(a, document.ptr, document.len);

    if (doc != NULL) {
        struct docx_styles *styles = docx_styles_read(a, styles_doc);
        xmlChar *bytes = NULL;
        int n = 0;
        docx_rewrite(a, doc, styles, &report);
        xmlDocDumpMemoryEnc(doc, &bytes, &n, "UTF-8");
        xmlDoc *again = docx_parse(a, bytes, (size_t)n);
        if (again == NULL)
            abort();
        xmlFreeDoc(again);
        xmlFree(bytes);
        xmlFreeDoc(doc);
    }
    if (styles_doc != NULL) {
        docx_styles_add_alignment(styles_doc);
        xmlFreeDoc(styles_doc);
    }
    arena_free(a);
    return 0;
}
