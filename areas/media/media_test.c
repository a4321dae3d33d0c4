#include "unit/test.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include "base/clock.h"
#include "base/files.h"
#include "media/media_kind.h"
#include "media/media_store.h"
#include "media/media_take.h"

static void remove_folder(void *path)
{
    IGNORE(folder_remove(path)); /* a test's own */
}

static const char *fresh_folder(void)
{
    char *path = str_z(t, S("/tmp/bantin-media-test-XXXXXX"));

    assert_non_null(mkdtemp(path));
    arena_defer(t, remove_folder, path);
    return path;
}

static const char *in(const char *folder, const char *name)
{
    return str_z(t, str_format(t, "%s/%s", folder, name));
}

/* --- pictures made here ------------------------------------------------------------------------------------------ */

static void add_be(struct buf *b, uint32_t n)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_add_char(b, (char)(n >> shift));
}

static void add_chunk(struct buf *png, const char *kind, struct str data)
{
    struct buf body = buf_in(t);

    buf_add_z(&body, kind);
    buf_add(&body, data);
    add_be(png, (uint32_t)data.len);
    buf_add(png, buf_str(&body));
    add_be(png, (uint32_t)crc32(0, (const unsigned char *)body.ptr, (uInt)body.len));
}

/* A grey picture; `rows` of them are really there. */
static struct str png(uint32_t width, uint32_t height, uint32_t rows)
{
    struct buf head = buf_in(t), out = buf_in(t);
    uLong size = (uLong)(width + 1) * rows;
    unsigned char *raw = arena_alloc(t, size + 1);
    uLongf packed = compressBound(size);
    unsigned char *bytes = arena_alloc(t, packed);

    for (uLong i = 0; i < size; i++)
        raw[i] = i % (width + 1) == 0 ? 0 : (unsigned char)(i * 7 / (width + 1));
    assert_int_equal(compress(bytes, &packed, raw, size), Z_OK);
    add_be(&head, width);
    add_be(&head, height);
    buf_add(&head, S("\x08\0\0\0\0"));
    buf_add(&out, S("\x89PNG\r\n\x1a\n"));
    add_chunk(&out, "IHDR", buf_str(&head));
    add_chunk(&out, "IDAT", (struct str){(const char *)bytes, packed});
    add_chunk(&out, "IEND", S(""));
    return buf_str(&out);
}

static struct media_taken take(const char *folder, const char *name, struct str content)
{
    struct media_options options = {.store = in(folder, "store")};
    struct media_taken taken;

    if (getenv("BANTIN_CONVERT") == NULL)
        SKIP("BANTIN_CONVERT names no helper");
    assert_ok(file_write(in(folder, name), content));
    assert_ok(media_take(t, &options, in(folder, name), &taken));
    return taken;
}

TEST(a_picture_gets_its_sizes_and_is_never_enlarged)
{
    const char *folder = fresh_folder(), *path;
    struct media_taken taken = take(folder, "a.png", png(1200, 600, 600));

    assert_string_equal(media_problem_name(taken.problem), "fine");
    assert_int_equal(taken.width, 1200);
    for (size_t i = 0; i < taken.rendition_count; i++) {
        assert_true(taken.renditions[i].width <= 1200);
        assert_int_equal(taken.renditions[i].width, taken.renditions[i].height * 2);
    }
    assert_ok(media_store_find(t, in(folder, "store"), taken.hash, "w480.webp", &path));
    assert_ok(media_store_find(t, in(folder, "store"), taken.hash, "w960.jpeg", &path));
    assert_ok(media_store_find(t, in(folder, "store"), taken.hash, "print.png", &path));
    assert_ok(media_store_find(t, in(folder, "store"), taken.hash, "original", &path));
}

/* A JPEG taken with the camera on its side, in Hà Nội: an Exif part with orientation 6 and a place. */
static struct str with_exif(struct str jpeg)
{
    static const char exif[] = "\xff\xe1\0\x64"
                               "Exif\0\0"
                               "MM\0*\0\0\0\x08"
                               "\0\x02"
                               "\x01\x12\0\x03\0\0\0\x01\0\x06\0\0" /* orientation 6 */
                               "\x88\x25\0\x04\0\0\0\x01\0\0\0\x26" /* the place, at 38 */
                               "\0\0\0\0"
                               "\0\x02"
                               "\0\x01\0\x02\0\0\0\x02N\0\0\0" /* north */
                               "\0\x02\0\x05\0\0\0\x03\0\0\0\x44"
                               "\0\0\0\0" /* three fractions, at 68 */
                               "\0\0\0\x15\0\0\0\x01"
                               "\0\0\0\x01\0\0\0\x01"
                               "\0\0\0\x02\0\0\0\x01";
    struct buf b = buf_in(t);

    buf_add(&b, str_sub(jpeg, 0, 2));
    buf_add(&b, (struct str){exif, sizeof exif - 1});
    buf_add(&b, str_skip(jpeg, 2));
    return buf_str(&b);
}

TEST(a_picture_is_turned_upright_and_forgets_where_it_was_taken)
{
    const char *folder = fresh_folder(), *path;
    struct media_taken first = take(folder, "a.png", png(600, 300, 300));
    struct str jpeg, made;

    assert_ok(media_store_find(t, in(folder, "store"), first.hash, "print.jpeg", &path));
    assert_ok(file_read(t, path, 1 << 24, &jpeg));
    struct str turned = with_exif(jpeg);
    assert_true(str_contains(turned, S("Exif")));
    struct media_taken taken = take(folder, "b.jpeg", turned);
    assert_string_equal(media_problem_name(taken.problem), "fine");
    assert_int_equal(taken.width, 300);
    assert_int_equal(taken.height, 600);
    for (size_t i = 0; i < taken.rendition_count; i++) {
        assert_true(taken.renditions[i].height == taken.renditions[i].width * 2);
        assert_ok(media_store_find(t, in(folder, "store"), taken.hash, str_z(t, taken.renditions[i].name), &path));
        assert_ok(file_read(t, path, 1 << 24, &made));
        assert_false(str_contains(made, S("Exif")));
        assert_false(str_contains(made, S("EXIF")));
    }
}

TEST(a_picture_that_claims_a_billion_points_is_refused_at_once)
{
    int64_t start = clock_monotonic_ms();
    struct media_taken taken = take(fresh_folder(), "bomb.png", png(29000, 29000, 10));

    assert_string_equal(media_problem_name(taken.problem), "too_large");
    assert_true(clock_monotonic_ms() - start < 2000);
}

TEST(a_picture_cut_short_is_broken)
{
    struct str whole = png(800, 800, 800);
    struct media_taken taken = take(fresh_folder(), "cut.png", str_sub(whole, 0, whole.len / 2));

    assert_string_equal(media_problem_name(taken.problem), "broken");
}

TEST(what_is_no_medium_is_not_taken)
{
    assert_string_equal(media_problem_name(take(fresh_folder(), "a.jpg", S("MZ this is a program")).problem),
                        "not_taken");
    assert_string_equal(media_problem_name(take(fresh_folder(), "b.jpg", S("")).problem), "empty");
}

/* A second of silence as sound without compression. */
static struct str wav(void)
{
    struct buf b = buf_in(t);

    buf_add(&b,
            S("RIFF\x64\x1f\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x40\x1f\0\0\x01\0\x08\0data\x40\x1f\0\0"));
    for (int i = 0; i < 8000; i++)
        buf_add_char(&b, (char)0x80);
    return buf_str(&b);
}

TEST(a_sound_is_kept_as_it_is_and_its_length_known)
{
    const char *folder = fresh_folder(), *path;
    struct media_taken taken = take(folder, "a.mp3", wav());
    struct str stored;

    assert_string_equal(media_problem_name(taken.problem), "fine");
    assert_string_equal(media_kind_type(taken.kind), "audio/wav");
    assert_true(taken.duration_ms == 1000 || taken.duration_ms == 0); /* 0: ffprobe is not installed */
    assert_ok(media_store_find(t, in(folder, "store"), taken.hash, "original", &path));
    assert_ok(file_read(t, path, 1 << 20, &stored));
    assert_str(stored, wav());
}

/* --- kinds ------------------------------------------------------------------------------------------------------- */

TEST(kinds_are_told_by_content)
{
    static const struct {
        const char *bytes;
        size_t n;
        enum media_kind kind;
    } cases[] = {
        {"\xff\xd8\xff\xe0", 4, MEDIA_JPEG},
        {"\x89PNG\r\n\x1a\n", 8, MEDIA_PNG},
        {"GIF89a", 6, MEDIA_GIF},
        {"RIFF\0\0\0\0WEBPVP8 ", 16, MEDIA_WEBP},
        {"RIFF\0\0\0\0WAVEfmt ", 16, MEDIA_WAV},
        {"\0\0\0\x18"
         "ftypmp42",
         12, MEDIA_MP4},
        {"\0\0\0\x18"
         "ftypM4A ",
         12, MEDIA_M4A},
        {"\0\0\0\x18"
         "ftypheic",
         12, MEDIA_HEIC},
        {"\0\0\0\x18"
         "ftypavif",
         12, MEDIA_AVIF},
        {"OggS\0\x02", 6, MEDIA_OGG},
        {"fLaC", 4, MEDIA_FLAC},
        {"ID3\x04", 4, MEDIA_MP3},
        {"\xff\xfb\x90\x64", 4, MEDIA_MP3},
        {"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01\x42\x82\x84webm", 23, MEDIA_WEBM},
        {"<svg xmlns=", 11, MEDIA_UNKNOWN},
        {"%PDF-1.7", 8, MEDIA_UNKNOWN},
        {"", 0, MEDIA_UNKNOWN},
        {"\xff\xff\xff\xff", 4, MEDIA_UNKNOWN},
        {"BM", 2, MEDIA_UNKNOWN},
    };

    for (size_t i = 0; i < countof(cases); i++)
        assert_string_equal(media_kind_name(media_kind_of_bytes((struct str){cases[i].bytes, cases[i].n})),
                            media_kind_name(cases[i].kind));
}

/* --- store ------------------------------------------------------------------------------------------------------- */

TEST(the_store_names_a_file_by_its_content)
{
    const char *folder = fresh_folder(), *path;
    struct str hash, again, content;

    assert_ok(file_write(in(folder, "a"), S("abc")));
    assert_ok(media_store_add(t, in(folder, "store"), in(folder, "a"), NULL, &hash));
    assert_text(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_ok(media_store_add(t, in(folder, "store"), in(folder, "a"), NULL, &again));
    assert_str(again, hash);
    assert_ok(media_store_find(t, in(folder, "store"), hash, "original", &path));
    assert_ok(file_read(t, path, 10, &content));
    assert_text(content, "abc");
}

TEST(renditions_can_come_later)
{
    const char *folder = fresh_folder(), *path;
    struct str hash;

    assert_ok(file_write(in(folder, "a"), S("abc")));
    assert_ok(folder_make(in(folder, "made")));
    assert_ok(file_write(in(folder, "made/w480.webp"), S("small")));
    assert_ok(file_write(in(folder, "made/original"), S("not to be taken")));
    assert_ok(media_store_add(t, in(folder, "store"), in(folder, "a"), NULL, &hash));
    assert_err(media_store_find(t, in(folder, "store"), hash, "w480.webp", &path), E_NOT_FOUND);
    assert_ok(media_store_add(t, in(folder, "store"), in(folder, "a"), in(folder, "made"), &hash));
    assert_ok(media_store_find(t, in(folder, "store"), hash, "w480.webp", &path));
}

TEST(nobody_walks_out_of_the_store)
{
    const char *folder = fresh_folder(), *path;
    struct str hash;

    assert_ok(file_write(in(folder, "a"), S("abc")));
    assert_ok(media_store_add(t, in(folder, "store"), in(folder, "a"), NULL, &hash));
    assert_err(media_store_find(t, in(folder, "store"), hash, "../../../a", &path), E_NOT_FOUND);
    assert_err(media_store_find(t, in(folder, "store"), hash, ".new", &path), E_NOT_FOUND);
    assert_err(media_store_find(t, in(folder, "store"), S("../../../etc/passwd"), "original", &path), E_NOT_FOUND);
    assert_err(media_store_remove(t, in(folder, "store"), S("..")), E_INVALID);
}

TEST(a_check_finds_what_is_corrupt_missing_and_forgotten)
{
    const char *folder = fresh_folder(), *path;
    const char *store = in(folder, "store");
    struct str one, two, three;
    struct media_check check;

    assert_ok(file_write(in(folder, "1"), S("one")));
    assert_ok(file_write(in(folder, "2"), S("two")));
    assert_ok(file_write(in(folder, "3"), S("three")));
    assert_ok(media_store_add(t, store, in(folder, "1"), NULL, &one));
    assert_ok(media_store_add(t, store, in(folder, "2"), NULL, &two));
    assert_ok(media_hash_file(t, in(folder, "3"), &three));
    assert_ok(media_store_find(t, store, one, "original", &path));
    assert_ok(file_write(path, S("eno")));

    struct str known[] = {one, three, three};
    assert_ok(media_store_check(t, store, known, countof(known), &check));
    assert_int_equal(check.count, 2);
    assert_int_equal(check.corrupt_count, 1);
    assert_str(check.corrupt[0], one);
    assert_int_equal(check.missing_count, 1);
    assert_str(check.missing[0], three);
    assert_int_equal(check.orphan_count, 1);
    assert_str(check.orphans[0], two);

    assert_ok(media_store_remove(t, store, two));
    assert_err(media_store_find(t, store, two, "original", &path), E_NOT_FOUND);
    assert_ok(media_store_remove(t, store, two));
}

TEST(an_empty_store_is_fine)
{
    struct media_check check;

    assert_ok(media_store_check(t, "/tmp/bantin-no-such-store", NULL, 0, &check));
    assert_int_equal(check.count, 0);
}
