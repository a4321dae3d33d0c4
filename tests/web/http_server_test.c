/* The server as the layers above use it: forms, files, answers, cache, streams, start and stop. */
#include "unit/test.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/http.h"
#include "http/router.h"
#include "base/clock.h"
#include "base/files.h"
#include "base/log.h"
#include "web/http_client.h"
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/bantin-http-XXXXXX";
static struct http_server *server;
static struct cache *cache;
static atomic_int made, released;
static struct http_stream *_Atomic stream;

static struct str page_of_20_kb(struct arena *a)
{
    struct buf b = buf_in(a);

    buf_add_format(&b, "<p>made %d</p>\n", atomic_fetch_add(&made, 1) + 1);
    for (int i = 0; b.len < 20000; i++)
        buf_add_format(&b, "<p>Dòng thứ %d của trang</p>\n", i);
    return buf_str(&b);
}

static void show_form(struct http_request *rq, struct http_response *rs)
{
    struct buf b = buf_in(rq->arena);

    for (size_t i = 0; i < rq->form.n; i++)
        buf_add_format(&b, "%.*s=%.*s\n", STR_ARG(rq->form.list[i].name), STR_ARG(rq->form.list[i].value));
    for (size_t i = 0; i < rq->n_uploads; i++) {
        const struct http_upload *u = &rq->uploads[i];
        struct stat st = {0};
        buf_add_format(&b, "file %.*s %.*s %.*s %llu %.*s %s\n", STR_ARG(u->field), STR_ARG(u->name), STR_ARG(u->type),
                       (unsigned long long)u->size, STR_ARG(str_hex(rq->arena, u->sha256, 4)),
                       stat(u->path, &st) == 0 && (uint64_t)st.st_size == u->size ? "whole" : "broken");
    }
    buf_add_format(&b, "body=%.*s type=%.*s", STR_ARG(rq->body), STR_ARG(rq->type));
    response_body(rs, "text/plain; charset=utf-8", buf_str(&b));
}

static void note_release(void *begun)
{
    http_stream_end(begun);
    atomic_fetch_add(&released, 1);
}

static void handle(struct http_request *rq, struct http_response *rs, void *state)
{
    (void)state;
    if (str_equal(rq->path, S("/form"))) {
        show_form(rq, rs);
    } else if (str_equal(rq->path, S("/trang")) || str_equal(rq->path, S("/trang-khac"))) {
        response_cache(rs, 60);
        response_cache_tag(rs, rq->path);
        response_body(rs, "text/html; charset=utf-8", page_of_20_kb(rq->arena));
    } else if (str_equal(rq->path, S("/rieng"))) {
        response_revalidate(rs);
        response_body(rs, "text/html; charset=utf-8", S("riêng"));
    } else if (str_equal(rq->path, S("/tep"))) {
        if (response_file(rs, "application/pdf", str_z(rq->arena, str_format(rq->arena, "%s/tep", folder))) != OK)
            response_status(rs, 404);
        response_attachment(rs, S("Bản tin số 4.pdf"));
    } else if (str_equal(rq->path, S("/tham-lam"))) {
        arena_defer(rq->arena, note_release, response_events(rs));
        for (;;)
            (void)arena_alloc(rq->arena, 1 << 20);
    } else if (str_equal(rq->path, S("/dong"))) {
        atomic_store(&stream, response_events(rs));
    } else if (str_equal(rq->path, S("/cham"))) {
        usleep(400000);
        response_body(rs, "text/plain", S("xong"));
    } else if (str_equal(rq->path, S("/di"))) {
        response_cookie(rs, "__Host-phien", S("abc"), 3600);
        response_redirect(rs, S("/den?x=1"));
    } else if (str_equal(rq->path, S("/dau-dong"))) {
        response_header(rs, "X-A", S("a\r\nX-B: b"));
    } else {
        response_body(rs, "text/plain",
                      str_format(rq->arena, "cookie=%.*s q=%.*s client=%.*s https=%d head=%d host=%.*s",
                                 STR_ARG(http_cookie(rq, "b")), STR_ARG(http_query(rq, "q")), STR_ARG(rq->client),
                                 rq->is_https, rq->is_head, STR_ARG(rq->host)));
    }
}

static bool may_be_cached(const struct http_request *rq, struct str *variant, void *user)
{
    (void)user;
    *variant = http_prefer(http_header(rq, "Accept-Language"), (struct str[]){S("vi"), S("en")}, 2);
    return http_cookie(rq, "phien").ptr == NULL;
}

static void limit(const struct http_request *rq, struct http_limits *limits, void *user)
{
    (void)user;
    limits->is_slow = str_equal(rq->raw_query, S("lau"));
    if (str_equal(rq->raw_query, S("tep")))
        *limits = (struct http_limits){.body = 10000, .files = 3000000, .max_files = 3};
}

static const struct asset assets[] = {
    {"app.css", "/tai-nguyen/app.0123456789ab.css", "text/css; charset=utf-8", S("a{}"), S("GZ"), STR_NONE},
    {"fonts/a.b.woff2", "/tai-nguyen/fonts/a.b.0123456789ab.woff2", "font/woff2", S("font"), STR_NONE, STR_NONE},
};

static const char *make_folder(void)
{
    if (strcmp(folder, "/tmp/bantin-http-XXXXXX") == 0 && mkdtemp(folder) == NULL)
        abort();
    return folder;
}

static void start_with(struct http_config config)
{
    make_folder();
    assets_use(assets, countof(assets));
    cache = cache_new(1 << 20);
    config.handle = handle;
    config.cached = may_be_cached;
    config.body_limit = limit;
    config.cache = cache;
    config.temp_folder = folder;
    config.worker_memory = 8 << 20;
    config.workers = 2;
    assert_ok(http_server_start(&config, &server));
}

static void start(void)
{
    start_with((struct http_config){0});
}

static void stop(void)
{
    assert_ok(http_server_stop(server, 3000));
    cache_free(cache);
}

static struct str get(const char *path, const char *headers)
{
    return client_get(t, http_server_port(server), path, headers);
}

static struct str post(const char *path, const char *type, struct str body)
{
    return client_post(t, http_server_port(server), path, type, body);
}

__attribute__((destructor)) static void remove_folder(void)
{
    if (strcmp(folder, "/tmp/bantin-http-XXXXXX") != 0)
        IGNORE(folder_remove(folder));     /* only the tests' own rubbish */
}

static size_t files_left(void)
{
    DIR *d = opendir(folder);
    size_t n = 0;

    for (struct dirent *e; (e = readdir(d)) != NULL;)
        n += strncmp(e->d_name, "upload-", 7) == 0;
    closedir(d);
    return n;
}

TEST(cookies_queries_and_the_client_are_read)
{
    start();
    assert_text(answer_body(get("/x?q=tin+t%E1%BB%A9c%26&q=2", "Cookie: a=1; b=2\r\n")),
                "cookie=2 q=tin tức& client=127.0.0.1 https=0 head=0 host=localhost");
    assert_text(answer_body(get("/x", "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\n")),
                "cookie= q= client=127.0.0.1 https=0 head=0 host=localhost");
    stop();
}

TEST(only_the_trusted_proxy_is_believed_about_the_client)
{
    start_with((struct http_config){.trusted_proxy = "127.0.0.1"});
    assert_text(answer_body(get("/x", "X-Forwarded-For: 6.6.6.6, 1.2.3.4\r\nX-Forwarded-Proto: https\r\n")),
                "cookie= q= client=1.2.3.4 https=1 head=0 host=localhost");
    assert_text(answer_body(get("/x", "X-Forwarded-For: rubbish\r\n")),
                "cookie= q= client=127.0.0.1 https=0 head=0 host=localhost");
    stop();
}

TEST(every_answer_carries_the_strict_headers)
{
    static const char *const names[] = {"Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy",
                                        "Permissions-Policy", "Cross-Origin-Opener-Policy", "Cache-Control"};
    start();
    struct str answers[] = {get("/x", ""), get("/trang", ""), get("/trang", ""), get("/di", ""), get("/a/../b", "")};
    for (size_t i = 0; i < countof(answers); i++)
        for (size_t j = 0; j < countof(names); j++)
            if (answer_header(answers[i], names[j]).ptr == NULL)
                fail_msg("answer %zu has no %s", i, names[j]);
    assert_text(answer_header(answers[0], "Cache-Control"), "no-store");
    stop();
}

TEST(a_header_with_a_line_break_is_not_sent)
{
    start();
    log_set_level(LOG_ERROR + 1);
    assert_true(answer_header(get("/dau-dong", ""), "X-B").ptr == NULL);
    log_set_level(LOG_INFO);
    stop();
}

TEST(head_is_get_without_a_body)
{
    start();
    struct str answer = client_talk(t, http_server_port(server),
                                    S("HEAD /x HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
    assert_int_equal(answer_status(answer), 200);
    assert_int_equal(answer_body(answer).len, 0);
    assert_text(answer_header(answer, "Content-Length"), "57");
    stop();
}

TEST(a_redirect_is_303_and_a_cookie_is_strict)
{
    start();
    struct str answer = get("/di", "");
    assert_int_equal(answer_status(answer), 303);
    assert_text(answer_header(answer, "Location"), "/den?x=1");
    assert_text(answer_header(answer, "Set-Cookie"),
                "__Host-phien=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=3600");
    stop();
}

TEST(an_urlencoded_form_is_read)
{
    start();
    struct str answer = post("/form", "application/x-www-form-urlencoded; charset=UTF-8",
                             S("ten=Nguy%E1%BB%85n+An&ghi=a%0D%0Ab&trong=&100%=%"));
    assert_text(answer_body(answer), "ten=Nguyễn An\nghi=a\r\nb\ntrong=\n100%=%\nbody= type=application/x-www-form-urlencoded");
    assert_int_equal(answer_status(post("/form", "application/x-www-form-urlencoded", S("a=%ff"))), 400);
    assert_int_equal(answer_status(post("/form", "application/x-www-form-urlencoded", S("a=%00"))), 400);
    stop();
}

TEST(a_body_of_another_type_arrives_as_it_is)
{
    start();
    assert_text(answer_body(post("/form", "Application/JSON; x=y", S("{\"a\": 1}"))), "body={\"a\": 1} type=application/json");
    stop();
}

#define PART(headers, body) "--b\r\n" headers "\r\n\r\n" body "\r\n"
#define MULTIPART           "multipart/form-data; boundary=b"

TEST(a_multipart_form_with_files_is_read)
{
    start();
    struct str body = S(PART("Content-Disposition: form-data; name=\"ten\"", "An\r\n--không phải ranh giới")
                        PART("Content-Disposition: form-data; name=\"rong\"", "")
                        PART("Content-Disposition: form-data; name=\"anh\"; filename=\"C:\\ảnh\\một.png\"\r\nContent-Type: image/png", "abc")
                        PART("content-disposition:form-data;filename=\"\";name=\"khong\"\r\nContent-Type: application/octet-stream", "")
                        PART("Content-Disposition: form-data; name=\"anh\"; filename=\"../../x%22.txt\"", "") "--b--\r\n");
    assert_text(answer_body(post("/form?tep", MULTIPART, body)),
                "ten=An\r\n--không phải ranh giới\nrong=\n"
                "file anh một.png image/png 3 ba7816bf whole\n"
                "file anh x\".txt  0 e3b0c442 whole\nbody= type=multipart/form-data");
    usleep(50000);
    assert_int_equal(files_left(), 0);
    stop();
}

TEST(a_broken_multipart_form_is_400)
{
    static const struct str bodies[] = {
        S(""),
        S("--b"),
        S(PART("Content-Disposition: form-data; name=\"a\"", "x")),
        S(PART("X: y", "x") "--b--"),
        S(PART("Content-Disposition: attachment; name=\"a\"", "x") "--b--"),
        S(PART("Content-Disposition: form-data; name=\"a\"", "\xff") "--b--"),
        S(PART("Content-Disposition: form-data; name=\"a\"\r\nContent-Transfer-Encoding: base64", "eA==") "--b--"),
        S("--b\nContent-Disposition: form-data; name=\"a\"\n\nx\n--b--"),
    };
    start();
    for (size_t i = 1; i < countof(bodies); i++)
        if (answer_status(post("/form", MULTIPART, bodies[i])) != 400)
            fail_msg("body %zu was taken", i);
    assert_int_equal(answer_status(post("/form", "multipart/form-data", S("--b--"))), 400);
    stop();
}

static struct str upload_of(size_t n)
{
    struct buf b = buf_in(t);

    buf_add_z(&b, "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"f\"\r\n\r\n");
    for (size_t i = 0; i < n; i++)
        buf_add_char(&b, (char)(i * 7919 >> 3));
    buf_add_z(&b, "\r\n--b--\r\n");
    return buf_str(&b);
}

TEST(an_upload_of_two_megabytes_is_whole_and_one_over_the_limit_is_413)
{
    start();
    assert_true(str_contains(answer_body(post("/form?tep", MULTIPART, upload_of(2000000))), S(" 2000000 ")));
    assert_int_equal(answer_status(post("/form?tep", MULTIPART, upload_of(3050000))), 413);
    assert_int_equal(answer_status(post("/form", MULTIPART, upload_of(100))), 413);    /* a route without files */
    usleep(50000);
    assert_int_equal(files_left(), 0);
    stop();
}

TEST(a_body_over_the_limit_is_refused_before_it_is_read)
{
    start();
    int fd = client_connect(http_server_port(server));
    client_send(fd, S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n"));
    struct str answer = client_read_all(t, fd, 2000);
    assert_int_equal(answer_status(answer), 413);
    assert_text(answer_header(answer, "Connection"), "close");
    close(fd);

    struct buf b = buf_in(t);
    for (int i = 0; i < 11000; i++)
        buf_add_char(&b, 'a');
    assert_int_equal(answer_status(post("/form?tep", "text/plain", S("short"))), 200);
    assert_int_equal(answer_status(post("/form", "text/plain", buf_str(&b))), 200);
    stop();
}

TEST(a_chunked_body_over_the_limit_is_413)
{
    start();
    struct buf b = buf_in(t);
    buf_add_z(&b, "POST /form HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 300; i++)
        buf_add_format(&b, "1000\r\n%04096d\r\n", i);
    buf_add_z(&b, "0\r\n\r\n");
    assert_int_equal(answer_status(client_talk(t, http_server_port(server), buf_str(&b))), 413);
    stop();
}

TEST(expect_100_continue_is_answered)
{
    start();
    int fd = client_connect(http_server_port(server));
    client_send(fd, S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
    assert_int_equal(answer_status(client_read_one(t, fd, true)), 100);
    client_send(fd, S("ok"));
    assert_text(answer_body(client_read_one(t, fd, false)), "body=ok type=");
    close(fd);
    stop();
}

TEST(a_page_is_made_once_and_then_answered_from_the_cache_in_three_encodings)
{
    start();
    atomic_store(&made, 0);
    struct str first = get("/trang", ""), again = get("/trang", "");
    assert_str(answer_body(first), answer_body(again));
    assert_int_equal(atomic_load(&made), 1);
    assert_text(answer_header(get("/trang", "Accept-Encoding: gzip\r\n"), "Content-Encoding"), "gzip");
    assert_text(answer_header(get("/trang", "Accept-Encoding: gzip, br\r\n"), "Content-Encoding"), "br");
    assert_true(answer_header(get("/trang", "Accept-Encoding: br;q=0\r\n"), "Content-Encoding").ptr == NULL);
    assert_text(answer_header(again, "Vary"), "Accept-Encoding");
    assert_int_equal(atomic_load(&made), 1);

    struct str etag = answer_header(first, "ETag");
    assert_int_equal(answer_status(get("/trang", str_z(t, str_format(t, "If-None-Match: %.*s\r\n", STR_ARG(etag))))), 304);
    assert_int_equal(answer_status(get("/trang", "If-None-Match: \"other\"\r\n")), 200);

    get("/trang", "Cookie: phien=1\r\n");                      /* signed in */
    get("/trang", "Accept-Language: en-GB, vi;q=0.5\r\n");     /* another variant */
    get("/trang?x", "");                                        /* another address */
    assert_int_equal(atomic_load(&made), 4);
    stop();
}

TEST(dropping_a_tag_drops_its_pages_and_no_others)
{
    start();
    get("/trang", "");
    get("/trang-khac", "");
    atomic_store(&made, 0);
    cache_drop_tag(cache, S("/trang"));
    get("/trang", "");
    get("/trang-khac", "");
    assert_int_equal(atomic_load(&made), 1);
    cache_clear(cache);
    get("/trang-khac", "");
    assert_int_equal(atomic_load(&made), 2);
    stop();
}

TEST(a_page_of_a_signed_in_reader_is_asked_again_and_answered_304)
{
    start();
    struct str first = get("/rieng", "");
    assert_text(answer_header(first, "Cache-Control"), "private, no-cache");
    struct str etag = answer_header(first, "ETag");
    struct str second = get("/rieng", str_z(t, str_format(t, "If-None-Match: W/%.*s\r\n", STR_ARG(etag))));
    assert_int_equal(answer_status(second), 304);
    assert_int_equal(answer_body(second).len, 0);
    stop();
}

TEST(assets_are_answered_for_ever_under_their_hash_only)
{
    start();
    struct str css = get(str_z(t, asset_url("app.css")), "");
    assert_text(answer_body(css), "a{}");
    assert_text(answer_header(css, "Cache-Control"), "public, max-age=31536000, immutable");
    assert_text(answer_header(css, "Vary"), "Accept-Encoding");
    assert_text(answer_body(get("/tai-nguyen/app.0123456789ab.css", "Accept-Encoding: gzip, br\r\n")), "GZ");
    assert_text(answer_body(get("/tai-nguyen/fonts/a.b.0123456789ab.woff2", "")), "font");
    assert_true(asset_at(S("/tai-nguyen/app.0123456789aa.css")) == NULL);
    assert_true(asset_at(S("/tai-nguyen/app.css")) == NULL);
    assert_true(asset_at(S("/tai-nguyen/")) == NULL);
    log_set_level(LOG_ERROR + 1);
    assert_text(asset_url("khong-co.css"), "/tai-nguyen/khong-co");
    log_set_level(LOG_INFO);
    stop();
}

TEST(a_file_name_of_any_length_is_one_that_can_be_kept)
{
    struct buf b = buf_in(t), name = buf_in(t);

    start();
    for (int i = 0; i < 400; i++)
        buf_add_z(&name, "ố");
    buf_add_format(&b, "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"%.*s.docx\"\r\n\r\nabc\r\n--b--\r\n",
                   STR_ARG(buf_str(&name)));
    struct str answer = answer_body(post("/form?tep", MULTIPART, buf_str(&b)));
    size_t end = str_find(answer, S(".docx "), 0);
    assert_true(str_starts(answer, S("file f ốố")));
    assert_in_range(end, 200, 265);
    assert_true(str_is_utf8(answer));
    stop();
}

TEST(a_file_is_sent_whole_in_ranges_and_not_at_all_when_unchanged)
{
    start();
    assert_ok(file_write(str_z(t, str_format(t, "%s/tep", folder)), S("0123456789")));
    struct str whole = get("/tep", "");
    assert_text(answer_body(whole), "0123456789");
    assert_text(answer_header(whole, "Content-Disposition"),
                "attachment; filename=\"B_n tin s_ 4.pdf\"; filename*=UTF-8''B%E1%BA%A3n%20tin%20s%E1%BB%91%204.pdf");
    struct str etag = answer_header(whole, "ETag"), modified = answer_header(whole, "Last-Modified");

    struct str part = get("/tep", "Range: bytes=2-4\r\n");
    assert_int_equal(answer_status(part), 206);
    assert_text(answer_body(part), "234");
    assert_text(answer_header(part, "Content-Range"), "bytes 2-4/10");
    assert_text(answer_body(get("/tep", "Range: bytes=-3\r\n")), "789");
    assert_text(answer_body(get("/tep", "Range: bytes=8-100\r\n")), "89");
    assert_int_equal(answer_status(get("/tep", "Range: bytes=10-\r\n")), 416);
    assert_int_equal(answer_status(get("/tep", "Range: bytes=4-2\r\n")), 200);
    assert_int_equal(answer_status(get("/tep", "Range: bytes=0-1,3-4\r\n")), 200);
    assert_int_equal(answer_status(get("/tep", "Range: bytes=0-1\r\nIf-Range: \"old\"\r\n")), 200);
    assert_int_equal(answer_status(get("/tep", str_z(t, str_format(t, "Range: bytes=0-1\r\nIf-Range: %.*s\r\n", STR_ARG(etag))))), 206);
    assert_int_equal(answer_status(get("/tep", str_z(t, str_format(t, "If-None-Match: %.*s\r\n", STR_ARG(etag))))), 304);
    assert_int_equal(answer_status(get("/tep", str_z(t, str_format(t, "If-Modified-Since: %.*s\r\n", STR_ARG(modified))))), 304);
    stop();
}

TEST(a_request_over_its_memory_ends_alone_and_what_it_deferred_is_run)
{
    start();
    atomic_store(&released, 0);
    log_set_level(LOG_ERROR + 1);
    for (int i = 0; i < 4; i++)
        assert_int_equal(answer_status(get("/tham-lam", "")), 500);
    log_set_level(LOG_INFO);
    assert_int_equal(atomic_load(&released), 4);
    assert_int_equal(answer_status(get("/x", "")), 200);
    stop();
}

static struct http_stream *await_stream(void)
{
    for (int i = 0; i < 200 && atomic_load(&stream) == NULL; i++)
        usleep(10000);
    return atomic_exchange(&stream, NULL);
}

TEST(events_arrive_as_they_are_sent)
{
    start();
    int fd = client_connect(http_server_port(server));
    client_send(fd, S("GET /dong HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    struct http_stream *s = await_stream();
    assert_non_null(s);
    assert_text(answer_header(client_read_all(t, fd, 200), "Content-Type"), "text/event-stream");
    for (int i = 0; i < 3; i++) {
        assert_true(http_stream_send(s, S("luu"), S("7"), S("một\nhai\r\nid: 9")));
        assert_true(str_contains(client_read_all(t, fd, 100), S("event: luu\nid: 7\ndata: một\ndata: hai\ndata: id: 9\n\n")));
    }
    http_stream_end(s);
    assert_true(str_contains(client_read_all(t, fd, 100), S("0\r\n\r\n")));
    close(fd);
    stop();
}

TEST(a_stream_whose_client_has_gone_or_does_not_read_says_so)
{
    start();
    int fd = client_connect(http_server_port(server)), sent = 0;
    client_send(fd, S("GET /dong HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    struct http_stream *s = await_stream();
    close(fd);
    while (http_stream_send(s, STR_NONE, STR_NONE, S("x")) && sent++ < 100)
        usleep(10000);
    assert_in_range(sent, 0, 50);
    http_stream_end(s);

    fd = client_connect(http_server_port(server));
    client_send(fd, S("GET /dong HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    s = await_stream();
    struct str kb = str_format(t, "%01000d", 1);
    for (sent = 0; http_stream_send(s, STR_NONE, STR_NONE, kb) && sent < 100000;)
        sent++;
    assert_in_range(sent, 50, 99999);
    http_stream_end(s);
    close(fd);
    stop();
}

TEST(stopping_lets_running_requests_finish_and_ends_streams)
{
    start();
    int fd = client_connect(http_server_port(server)), events = client_connect(http_server_port(server));
    client_send(events, S("GET /dong HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    struct http_stream *s = await_stream();
    client_send(fd, S("GET /cham HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    usleep(50000);
    int64_t began = clock_monotonic_ms();
    stop();
    assert_in_range(clock_monotonic_ms() - began, 200, 2000);
    assert_text(answer_body(client_read_one(t, fd, false)), "xong");
    http_stream_end(s);
    close(fd);
    close(events);
}

TEST(writes_that_wait_leave_a_worker_for_readers)
{
    int fds[3];

    start();
    for (size_t i = 0; i < countof(fds); i++) {
        fds[i] = client_connect(http_server_port(server));
        client_send(fds[i], S("POST /cham HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n"));
    }
    usleep(50000);
    int64_t began = clock_monotonic_ms();
    assert_int_equal(answer_status(get("/", "")), 200);
    assert_true(clock_monotonic_ms() - began < 300);
    for (size_t i = 0; i < countof(fds); i++) {
        assert_text(answer_body(client_read_one(t, fds[i], false)), "xong");
        close(fds[i]);
    }
    stop();
}

TEST(slow_work_leaves_a_worker_for_everybody_else)
{
    int fds[4];

    start();
    for (size_t i = 0; i < countof(fds); i++) {
        fds[i] = client_connect(http_server_port(server));
        client_send(fds[i], S("GET /cham?lau HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    }
    usleep(50000);
    int64_t began = clock_monotonic_ms();
    assert_int_equal(answer_status(get("/", "")), 200);
    assert_true(clock_monotonic_ms() - began < 300);
    for (size_t i = 0; i < countof(fds); i++) {
        assert_text(answer_body(client_read_one(t, fds[i], false)), "xong");
        close(fds[i]);
    }
    assert_in_range(clock_monotonic_ms() - began, 1300, 3000); /* one after the other */
    stop();
}

static void *ask_much(void *arg)
{
    struct arena *a = arena_new(0);
    int fd = client_connect(http_server_port(server));
    size_t *right = arg;

    for (int i = 0; i < 200; i++) {
        client_send(fd, i % 3 == 0 ? S("GET /trang HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: br\r\n\r\n")
                                   : S("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\nok"));
        *right += answer_status(client_read_one(a, fd, false)) == 200;
    }
    close(fd);
    arena_free(a);
    return NULL;
}

TEST(many_clients_at_once_while_the_cache_is_dropped_all_get_their_answer)
{
    start_with((struct http_config){.loops = 2});
    pthread_t threads[8];
    size_t right[8] = {0};

    for (size_t i = 0; i < countof(threads); i++)
        pthread_create(&threads[i], NULL, ask_much, &right[i]);
    for (int i = 0; i < 100; i++) {
        cache_drop_tag(cache, S("/trang"));
        usleep(1000);
    }
    for (size_t i = 0; i < countof(threads); i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(right[i], 200);
    }
    stop();
}

static void say_sorry(const struct http_request *rq, struct http_response *rs, int status, void *user)
{
    (void)user;
    response_body(rs, "text/html; charset=utf-8",
                  str_format(rq->arena, "<h1>Xin lỗi %d</h1>%llu", status, (unsigned long long)rq->number));
}

TEST(errors_have_the_page_of_the_layer_above_with_the_request_number)
{
    start_with((struct http_config){.fail = say_sorry, .max_waiting = 1});
    assert_true(str_starts(answer_body(get("/a/../b", "")), S("<h1>Xin lỗi 400</h1>1")));
    log_set_level(LOG_ERROR + 1);
    assert_true(str_starts(answer_body(get("/tham-lam", "")), S("<h1>Xin lỗi 500</h1>2")));
    log_set_level(LOG_INFO);

    int fds[6];
    size_t refused = 0;
    for (size_t i = 0; i < countof(fds); i++) {
        fds[i] = client_connect(http_server_port(server));
        client_send(fds[i], S("GET /cham HTTP/1.1\r\nHost: localhost\r\n\r\n"));
        usleep(20000);
    }
    for (size_t i = 0; i < countof(fds); i++) {
        struct str answer = client_read_one(t, fds[i], false);
        refused += answer_status(answer) == 503 && answer_header(answer, "Retry-After").ptr != NULL;
        close(fds[i]);
    }
    assert_int_equal(refused, 3);     /* two are being handled, one waits */
    stop();
}

TEST(tls_is_spoken_with_a_certificate)
{
    char *command = str_z(t, str_format(t,
                                        "cd %s && openssl req -x509 -newkey rsa:2048 -nodes -keyout key -out cert -days 2 -subj "
                                        "/CN=localhost >/dev/null 2>&1",
                                        make_folder()));
    if (system(command) != 0)
        SKIP("no openssl");
    struct http_config config = {.tls_cert = str_z(t, str_format(t, "%s/cert", folder)),
                                 .tls_key = str_z(t, str_format(t, "%s/key", folder)),
                                 .address = "0.0.0.0", .hsts = true};
    start_with(config);
    FILE *p = popen(str_z(t, str_format(t,
                                        "printf 'GET /x HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' "
                                        "| openssl s_client -quiet -connect 127.0.0.1:%u 2>/dev/null",
                                        http_server_port(server))), "r");
    char said[4096] = "";
    size_t n = fread(said, 1, sizeof said - 1, p);
    pclose(p);
    struct str answer = {said, n};
    assert_int_equal(answer_status(answer), 200);
    assert_true(str_contains(answer, S("https=1")));
    assert_text(answer_header(answer, "Strict-Transport-Security"), "max-age=31536000");
    stop();
}

TEST(a_start_that_cannot_be_says_why)
{
    struct http_server *other;
    struct http_config config = {.handle = handle};

    start();
    log_set_level(LOG_ERROR + 1);
    config.port = http_server_port(server);
    assert_err(http_server_start(&config, &other), E_BUSY);
    config.port = 0;
    config.address = "0.0.0.0";
    assert_err(http_server_start(&config, &other), E_DENIED);
    config.address = "::";
    assert_err(http_server_start(&config, &other), E_DENIED);
    config.address = "localhost";
    assert_err(http_server_start(&config, &other), E_INVALID);
    config.address = "127.0.0.1";
    config.temp_folder = "/khong/co";
    assert_err(http_server_start(&config, &other), E_NOT_FOUND);
    config.temp_folder = NULL;
    config.tls_cert = config.tls_key = "/khong/co";
    assert_err(http_server_start(&config, &other), E_NOT_FOUND);
    config.tls_cert = config.tls_key = "/etc/passwd";
    assert_err(http_server_start(&config, &other), E_UNSUPPORTED);
    config.tls_key = NULL;
    assert_err(http_server_start(&config, &other), E_INVALID);
    log_set_level(LOG_INFO);

    config = (struct http_config){.handle = handle, .address = "0.0.0.0", .trusted_proxy = "127.0.0.1"};
    assert_ok(http_server_start(&config, &other));
    assert_ok(http_server_stop(other, 1000));
    stop();
}
