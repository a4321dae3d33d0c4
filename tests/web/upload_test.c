/* Pictures, sound and video on their way from the newsroom to the reader, over a real socket: the demo's files, and what
 * telephones and people who mean harm send. */
#include "access/access.h"
#include "article/article.h"
#include "base/files.h"
#include "demo/demo.h"
#include "demo/demo_file.h"
#include "jobs/jobs.h"
#include "media/media_kind.h"
#include "publication/publication.h"
#include "site/site.h"
#include "web/test_site.h"
#include "web/web.h"

static struct article_id article;
static struct publication_id publication;

static struct article_draft draft_with(struct str nodes)
{
    return (struct article_draft){.title = S("Ngày hội bản"), .kicker = S(""), .standfirst = S(""), .authors = S("[]"),
                                  .body = str_format(t, "{\"content\":[%.*s],\"type\":\"doc\"}", STR_ARG(nodes)),
                                  .visibility = S("public"), .note = S("")};
}

static void site_with_article(void)
{
    struct article_draft draft = draft_with(S("{\"type\":\"paragraph\"}"));

    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    site_up();
    assert_ok(WRITE(site_database(), t, &the_program_itself, publication_ensure(tx, S("thu"), S("Bản tin"), &publication)));
    assert_ok(site_reload(site_itself()));
    assert_ok(WRITE(site_database(), t, site_principal(SITE_EDITOR), article_create(tx, publication, &draft, &article)));
}

static struct str demo_bytes(const char *name)
{
    struct str bytes;

    assert_ok(file_read(t, str_format(t, "%s/media/%s", demo_folder(), name).ptr, 1 << 20, &bytes));
    return bytes;
}

static struct str upload(enum site_person who, const char *name, struct str content)
{
    struct buf b = buf_in(t);

    buf_add_format(&b, "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n", name);
    buf_add(&b, content);
    buf_add_z(&b, "\r\n--x--\r\n");
    return site_post_files(str_format(t, "/toa-soan/bai/%lld/tep", (long long)article.v).ptr, site_session(who), buf_str(&b));
}

static struct str value_of(struct str json, const char *key)
{
    struct str mark = str_format(t, "\"%s\":\"", key);
    size_t at = str_find(json, mark, 0);

    assert_true(at != SIZE_MAX);
    struct str rest = str_skip(json, at + mark.len);
    return str_sub(rest, 0, str_find_char(rest, '"', 0));
}

static struct str uploaded(const char *name, struct str content)
{
    struct str answer = upload(SITE_EDITOR, name, content);

    assert_int_equal(answer_status(answer), 200);
    return answer_body(answer);
}

static struct str get_as(enum site_person who, struct str path)
{
    return site_get(str_z(t, path), site_session(who));
}

/* --- a telephone's picture ------------------------------------------------------------------------------------------ */

/* A part of a JPEG file, its length before it. */
static void add_part(struct buf *b, int mark, struct str data)
{
    buf_add_char(b, (char)0xff);
    buf_add_char(b, (char)mark);
    buf_add_char(b, (char)((data.len + 2) >> 8));
    buf_add_char(b, (char)(data.len + 2));
    buf_add(b, data);
}

/* Lying on its side, with maker and place in Exif, in XMP and in a comment. */
static struct str telephone_picture(void)
{
    struct str jpeg = demo_bytes("ban-hop.jpeg");
    struct buf b = buf_in(t);

    buf_add(&b, str_sub(jpeg, 0, 2));
    add_part(&b, 0xe1, S("Exif\0\0MM\0*\0\0\0\x08\0\x03"
                         "\x01\x0f\0\x02\0\0\0\x0a\0\0\0\x32"     /* the maker, at 50 */
                         "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0"     /* turn it to the right */
                         "\x88\x25\0\x04\0\0\0\x01\0\0\0\x3c"     /* the place, at 60 */
                         "\0\0\0\0"
                         "Dien thoa\0"
                         "\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0"));
    add_part(&b, 0xe1, S("http://ns.adobe.com/xap/1.0/\0<x:xmpmeta exif:GPSLatitude=\"21,23N\"/>"));
    add_part(&b, 0xfe, S("GPS 21.3"));
    buf_add(&b, str_skip(jpeg, 2));
    return buf_str(&b);
}

static void expect_bare_picture(struct str hash, const char *name)
{
    static const char *const traces[] = {"GPS", "xmpmeta", "Dien thoa"};
    struct str answer = get_as(SITE_EDITOR, str_format(t, "/tep/%.*s/%s", STR_ARG(hash), name));
    struct str bytes = answer_body(answer);

    assert_int_equal(answer_status(answer), 200);
    bool is_webp = str_ends(str_of(name), S(".webp"));
    assert_int_equal(media_kind_of_bytes(bytes), is_webp ? MEDIA_WEBP : MEDIA_JPEG);
    assert_true(str_equal(answer_header(answer, "Content-Type"), is_webp ? S("image/webp") : S("image/jpeg")));
    for (size_t i = 0; i < countof(traces); i++)
        assert_false(str_contains(bytes, str_of(traces[i])));
    assert_false(str_contains(bytes, S("Exif\0\0")));
    assert_false(str_contains(bytes, is_webp ? S("EXIF") : S("\xff\xe1")));
}

TEST(a_telephones_picture_stands_upright_and_nothing_served_knows_its_place)
{
    static const char *const names[] = {"goc", "480.webp", "480.jpg", "960.webp", "960.jpg", "1600.webp", "1600.jpg"};

    site_with_article();
    struct str json = uploaded("IMG_1.JPG", telephone_picture()), hash = value_of(json, "media");
    assert_text(value_of(json, "kind"), "picture");
    assert_true(str_contains(json, S("\"height\":1600")));
    assert_true(str_contains(json, S("\"width\":1000")));
    assert_true(str_ends(value_of(json, "url"), S("/960.jpg")));
    for (size_t i = 0; i < countof(names); i++)
        expect_bare_picture(hash, names[i]);
    assert_int_equal(answer_status(get_as(SITE_ANYONE, value_of(json, "url"))), 404);
    assert_int_equal(answer_status(get_as(SITE_READER, value_of(json, "url"))), 404);
    site_down();
}

/* --- what is refused, and how it is said ------------------------------------------------------------------------------ */

static void expect_refused(const char *name, struct str content, const char *words)
{
    struct str answer = upload(SITE_EDITOR, name, content);

    assert_int_equal(answer_status(answer), 422);
    assert_true(str_starts(answer_header(answer, "Content-Type"), S("application/json")));
    assert_true(str_contains(value_of(answer_body(answer), "error"), str_of(words)));
}

TEST(what_cannot_be_shown_is_refused_with_a_sentence)
{
    enum { MB = 1024 * 1024 };
    struct buf large = buf_in(t);

    site_with_article();
    struct str jpeg = demo_bytes("ban-hop.jpeg");
    buf_add(&large, jpeg);
    for (int i = 0; i < 26; i++)
        buf_add(&large, (struct str){arena_alloc(t, MB), MB});
    expect_refused("a.svg", S("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"), "không phải ảnh");
    expect_refused("a.jpg", S("MZ chương trình"), "không phải ảnh");
    expect_refused("a.heic", S("\0\0\0\x18""ftypheic\0\0\0\0mif1heic"), "Tệp bị hỏng");
    expect_refused("a.jpg", str_sub(jpeg, 0, jpeg.len / 2), "Tệp bị hỏng");
    expect_refused("a.jpg", S(""), "Tệp rỗng");
    expect_refused("a.jpg", buf_str(&large), "ảnh tối đa 25 MB");
    assert_int_equal(answer_status(upload(SITE_READER, "a.jpg", jpeg)), 403);
    assert_int_equal(answer_status(upload(SITE_CONTRIBUTOR, "a.jpg", jpeg)), 404);
    site_down();
}

TEST(a_script_is_told_in_words_what_went_wrong)
{
    site_with_article();
    struct str answer = client_get(t, web_port(site_web()), "/toa-soan/bai/999", "Accept: application/json\r\n");
    assert_int_equal(answer_status(answer), 401);
    assert_true(str_starts(value_of(answer_body(answer), "error"), S("Bạn cần đăng nhập lại. ")));
    assert_text(value_of(answer_body(answer), "name"), "error_sign_in_title");
    site_down();
}

/* --- to the reader ---------------------------------------------------------------------------------------------------- */

static struct revision_id head_of(void)
{
    struct q_article_for_rules a;

    assert_ok(q_article_for_rules(test_reader(site_database()), article, &a));
    return a.head_id;
}

static enum err publish(struct tx *tx, const struct article_draft *draft, struct revision_id head)
{
    struct revision_id saved;

    TRY(article_save(tx, article, head, draft, &saved));
    TRY(article_send(tx, article, saved));
    TRY(article_approve(tx, article, saved));
    return article_publish(tx, article, saved);
}

static struct str node(const char *type, struct str hash)
{
    return str_format(t, "{\"attrs\":{\"media\":\"%.*s\"},\"type\":\"%s\"}", STR_ARG(hash), type);
}

TEST(readers_get_the_picture_in_its_sizes_and_hear_the_sound_from_any_second)
{
    struct str sound_bytes = demo_bytes("loi-co-hoa.mp3");

    site_with_article();
    struct str picture = value_of(uploaded("a.jpg", telephone_picture()), "media");
    struct str sound = value_of(uploaded("a.mp3", sound_bytes), "media");
    struct str video = value_of(uploaded("a.mp4", demo_bytes("nhip-tay.mp4")), "media");
    struct article_draft draft = draft_with(str_format(t, "%.*s,%.*s,%.*s", STR_ARG(node("figure", picture)),
                                                       STR_ARG(node("sound", sound)), STR_ARG(node("video", video))));
    struct revision_id head = head_of();
    assert_ok(WRITE(site_database(), t, site_principal(SITE_APPROVER), publish(tx, &draft, head)));
    struct str page = get_as(SITE_ANYONE, str_format(t, "/bai/ngay-hoi-ban-%lld", (long long)article.v));
    assert_int_equal(answer_status(page), 200);
    assert_true(str_contains(page, str_format(t, "srcset=\"/tep/%.*s/480.webp 480w, ", STR_ARG(picture))));
    assert_true(str_contains(page, str_format(t, "/tep/%.*s/1600.webp 1000w\"", STR_ARG(picture))));
    assert_true(str_contains(page, S("width=\"1000\" height=\"1600\"")));
    assert_true(str_contains(page, str_format(t, "<audio controls preload=\"none\" src=\"/tep/%.*s/goc\"", STR_ARG(sound))));
    assert_true(str_contains(page, str_format(t, "src=\"/tep/%.*s/goc\"", STR_ARG(video))));
    assert_int_equal(answer_status(get_as(SITE_ANYONE, str_format(t, "/tep/%.*s/480.webp", STR_ARG(picture)))), 200);

    const char *path = str_format(t, "/tep/%.*s/goc", STR_ARG(sound)).ptr;
    struct str whole = client_get(t, web_port(site_web()), path, "");
    assert_str(answer_body(whole), sound_bytes);
    assert_text(answer_header(whole, "Accept-Ranges"), "bytes");
    struct str etag = answer_header(whole, "ETag");
    struct str part = client_get(t, web_port(site_web()), path,
                                 str_format(t, "Range: bytes=1000-1999\r\nIf-Range: %.*s\r\n", STR_ARG(etag)).ptr);
    assert_int_equal(answer_status(part), 206);
    assert_str(answer_body(part), str_sub(sound_bytes, 1000, 1000));
    assert_str(answer_header(part, "Content-Range"), str_format(t, "bytes 1000-1999/%zu", sound_bytes.len));
    struct str other = client_get(t, web_port(site_web()), path, "Range: bytes=1000-1999\r\nIf-Range: \"old\"\r\n");
    assert_int_equal(answer_status(other), 200);
    struct str beyond = client_get(t, web_port(site_web()), path, "Range: bytes=9999999-\r\n");
    assert_int_equal(answer_status(beyond), 416);
    site_down();
}
