#include "import/sample_words.h"
#include <zip.h>
#include "base/files.h"
#include "text/text.h"
#include "unit/test.h"

const char *sample_path(const char *name)
{
    const char *folder = getenv("BANTIN_SAMPLES");
    const char *source = getenv("BANTIN_SOURCE") != NULL ? getenv("BANTIN_SOURCE") : ".";
    const char *path = folder != NULL ? str_z(t, str_format(t, "%s/%s", folder, name))
                                      : str_z(t, str_format(t, "%s/../shared/samples/%s", source, name));

    if (!file_exists(path))
        SKIP("the folder of real documents is not here");
    return path;
}

struct str sample_words(struct str text)
{
    struct text_report ignored = {0};
    struct str small = text_lower(t, text_clean(t, text, &ignored));
    struct buf b = buf_in(t);
    size_t at = 0;

    while (at < small.len) {
        uint32_t c = str_next_code(small, &at);
        bool is_letter =
            (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7);
        if (is_letter)
            buf_add_code(&b, c);
    }
    return buf_str(&b);
}

struct str sample_text_of_docx(const char *path)
{
    zip_t *archive = zip_open(path, ZIP_RDONLY, NULL);
    zip_stat_t st;
    struct buf b = buf_in(t);

    assert_non_null(archive);
    assert_int_equal(zip_stat(archive, "word/document.xml", 0, &st), 0);
    char *bytes = arena_alloc(t, st.size);
    zip_file_t *file = zip_fopen(archive, "word/document.xml", 0);
    assert_int_equal(zip_fread(file, bytes, st.size), st.size);
    zip_fclose(file);
    zip_discard(archive);
    struct str xml = {bytes, st.size};
    for (size_t at = 0, end; (at = str_find(xml, S("<w:t"), at)) != SIZE_MAX; at = end) {
        size_t from = str_find_char(xml, '>', at);
        end = from;
        if ((xml.ptr[at + 4] != ' ' && xml.ptr[at + 4] != '>') || xml.ptr[from - 1] == '/')
            continue;
        end = str_find_char(xml, '<', from);
        buf_add(&b, str_sub(xml, from + 1, end - from - 1));
    }
    struct str text = str_replace(t, buf_str(&b), S("&amp;"), S("&"));
    text = str_replace(t, text, S("&lt;"), S("<"));
    return str_replace(t, text, S("&gt;"), S(">"));
}

void sample_assert_words(struct str got, struct str expected, const char *name)
{
    size_t i = 0;

    while (i < got.len && i < expected.len && got.ptr[i] == expected.ptr[i])
        i++;
    if (!str_equal(got, expected))
        print_error("%s: %zu of %zu bytes; differs at %zu: \"%.*s\" for \"%.*s\"\n", name, got.len, expected.len, i,
                    STR_ARG(str_sub(got, i > 30 ? i - 30 : 0, 90)),
                    STR_ARG(str_sub(expected, i > 30 ? i - 30 : 0, 90)));
    assert_true(str_equal(got, expected));
}
