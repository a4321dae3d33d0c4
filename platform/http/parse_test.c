#include "unit/test.h"
#include "http/multipart.h"
#include "http/parse.h"

TEST(a_path_is_decoded_and_keeps_its_letters)
{
    struct str path = STR_NONE;

    assert_ok(parse_path(t, S("/b%C3%A0i/m%E1%BB%9Bi+x"), &path));
    assert_text(path, "/bài/mới+x");
    assert_ok(parse_path(t, S("/"), &path));
    assert_ok(parse_path(t, S("/a/"), &path));
    assert_err(parse_path(t, S("/a//b"), &path), E_INVALID);
    assert_err(parse_path(t, S(""), &path), E_INVALID);
    assert_err(parse_path(t, S("/%"), &path), E_INVALID);
}

TEST(pairs_keep_their_order_and_doubles)
{
    struct http_pairs pairs;

    assert_ok(parse_pairs(t, S("a=1&a=2&&b&=c&d=e=f"), 10, &pairs));
    assert_int_equal(pairs.n, 5);
    assert_text(pairs.list[1].value, "2");
    assert_text(pairs.list[2].name, "b");
    assert_text(pairs.list[2].value, "");
    assert_text(pairs.list[4].value, "e=f");
    assert_err(parse_pairs(t, S("a&b&c"), 2, &pairs), E_TOO_LARGE);
}

TEST(a_cookie_is_found_by_its_whole_name)
{
    assert_text(parse_cookie(S("ab=1; b=2;c=3=4"), S("b")), "2");
    assert_text(parse_cookie(S("ab=1; b=2;c=3=4"), S("c")), "3=4");
    assert_true(parse_cookie(S("ab=1; b"), S("b")).ptr == NULL);
}

TEST(parameters_are_read_as_browsers_write_them)
{
    struct str h = S("form-data; filename=\"name=x; y\"; Name = \"a\\b%22c\" ; z=1");

    assert_text(parse_parameter(t, h, "name"), "a\\b\"c");
    assert_text(parse_parameter(t, h, "filename"), "name=x; y");
    assert_text(parse_parameter(t, h, "z"), "1");
    assert_true(parse_parameter(t, h, "y").ptr == NULL);
    assert_text(parse_parameter(t, S("a; b=\"unended"), "b"), "unended");
}

TEST(the_language_a_reader_prefers_is_chosen)
{
    struct str offered[] = {S("vi"), S("en")};

    assert_text(http_prefer(S("en-GB,en;q=0.9,vi;q=0.8"), offered, 2), "en");
    assert_text(http_prefer(S("fr, vi;q=0.3, en;q=0.2"), offered, 2), "vi");
    assert_text(http_prefer(S("fr"), offered, 2), "vi");
    assert_text(http_prefer(STR_NONE, offered, 2), "vi");
    assert_text(http_prefer(S("en;q=0"), offered, 2), "vi");
}

TEST(dates_are_those_of_the_protocol)
{
    assert_text(http_date(t, 784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
}

/* A sink that writes down what it is told. */
static enum err note_begin(void *to, const struct multipart_part *part)
{
    buf_add_format(to, "[%.*s|%.*s]", STR_ARG(part->name), STR_ARG(part->file_name));
    return OK;
}

static enum err note_data(void *to, const char *data, size_t n)
{
    buf_add(to, (struct str){data, n});
    return OK;
}

static enum err note_end(void *to)
{
    buf_add_z(to, ";");
    return OK;
}

TEST(a_form_gives_the_same_in_pieces_of_every_size)
{
    struct str form = S("preamble\r\n--xy\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x\r\r\n--xz\r\n--xy\r\n"
                        "Content-Disposition: form-data; name=\"f\"; filename=\"g\"\r\n\r\n\r\n--xy--\r\nepilogue --xy");
    for (size_t size = 1; size <= form.len; size++) {
        struct buf noted = buf_in(t);
        struct multipart_sink sink = {&noted, note_begin, note_data, note_end};
        struct multipart *m = multipart_new(t, S("xy"), &sink);
        for (size_t at = 0; at < form.len; at += size) {
            struct str piece = str_sub(form, at, size);
            assert_ok(multipart_push(m, piece.ptr, piece.len));
        }
        assert_ok(multipart_finish(m));
        assert_text(buf_str(&noted), "[a|]1\r\n--x\r\r\n--xz;[f|g];");
    }
}
