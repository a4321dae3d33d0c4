#include <fcntl.h>
#include <unistd.h>
#include "import/import_parts.h"
#include "media/media_kind.h"

enum { HEAD = 64 * 1024, TAIL = 256 * 1024 };

static bool has(struct str bytes, struct str part)
{
    return memmem(bytes.ptr, bytes.len, part.ptr, part.len) != NULL;
}

/* A name as it stands in the directory of an OLE file, in two bytes a letter. */
static bool has_wide(struct str bytes, const char *name)
{
    char wide[64];
    size_t n = 0;

    for (; name[n] != '\0' && 2 * n < sizeof wide - 1; n++) {
        wide[2 * n] = name[n];
        wide[2 * n + 1] = '\0';
    }
    return has(bytes, (struct str){wide, 2 * n});
}

static enum import_kind kind_of_zip(struct str head, struct str tail)
{
    static const struct str odt = {"mimetypeapplication/vnd.oasis.opendocument.text", 47};

    if (has(head, odt))
        return IMPORT_ODT;
    if (has(head, S("word/")) || has(tail, S("word/")) || has(head, S("[Content_Types].xml")))
        return IMPORT_DOCX;
    return IMPORT_UNKNOWN;
}

static enum import_kind kind_of_ole(struct str head, struct str tail, bool *is_encrypted)
{
    *is_encrypted = has_wide(head, "EncryptedPackage") || has_wide(tail, "EncryptedPackage");
    if (*is_encrypted)
        return IMPORT_DOCX;
    if (!has_wide(head, "WordDocument") && !has_wide(tail, "WordDocument"))
        return IMPORT_UNKNOWN;
    /* The flags at the head of the text stream, which Word puts first. */
    if (head.len > 0x20c && memcmp(head.ptr + 0x200, "\xec\xa5", 2) == 0)
        *is_encrypted = (head.ptr[0x20b] & 1) != 0;
    return IMPORT_DOC;
}

static bool is_page(struct str head)
{
    static const struct str tags[] = {{"<!doctype html", 14},
                                      {"<html", 5},
                                      {"<head", 5},
                                      {"<body", 5},
                                      {"<meta", 5},
                                      {"<p>", 3},
                                      {"<p ", 3},
                                      {"<div", 4},
                                      {"<h1", 3},
                                      {"<h2", 3},
                                      {"<table", 6},
                                      {"<article", 8},
                                      {"<!--", 4}};

    if (str_starts(head, S("\xef\xbb\xbf")))
        head = str_skip(head, 3);
    head = str_trim(head);
    if (str_starts(head, S("<?xml"))) {
        size_t end = str_find(head, S("?>"), 0);
        head = end == SIZE_MAX ? S("") : str_trim(str_skip(head, end + 2));
    }
    for (size_t i = 0; i < countof(tags); i++)
        if (str_equal_nocase(str_sub(head, 0, tags[i].len), tags[i]))
            return true;
    return false;
}

/* No zero byte outside UTF-16, hardly any control character: the old encodings use every byte above 127. TCVN3 has six
 * capitals among the control characters. */
static bool is_text(struct str head)
{
    size_t strange = 0;

    if (str_starts(head, S("\xff\xfe")) || str_starts(head, S("\xfe\xff")))
        return true;
    for (size_t i = 0; i < head.len; i++) {
        unsigned char c = (unsigned char)head.ptr[i];
        if (c == 0)
            return false;
        strange += c < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\f';
    }
    return strange <= head.len / 20;
}

static enum import_kind kind_of_bytes(struct str head, struct str tail, bool *is_encrypted)
{
    if (str_starts(head, S("PK\x03\x04")) || str_starts(head, S("PK\x05\x06")))
        return kind_of_zip(head, tail);
    if (str_starts(head, S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")))
        return kind_of_ole(head, tail, is_encrypted);
    if (str_starts(head, S("{\\rtf")))
        return IMPORT_RTF;
    if (str_starts(head, S("%PDF-")))
        return IMPORT_PDF;
    enum media_kind media = media_kind_of_bytes(head);
    if (media != MEDIA_UNKNOWN)
        return media_is_picture(media) ? IMPORT_PICTURE : media_is_video(media) ? IMPORT_VIDEO : IMPORT_SOUND;
    if (is_page(head))
        return IMPORT_HTML;
    return head.len > 0 && is_text(head) ? IMPORT_TEXT : IMPORT_UNKNOWN;
}

enum err import_kind_of_file(struct arena *a, const char *path, enum import_kind *kind, bool *is_encrypted)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    char *head = arena_alloc(a, HEAD), *tail = arena_alloc(a, TAIL);
    off_t size = lseek(fd, 0, SEEK_END);
    ssize_t n = pread(fd, head, HEAD, 0), m = pread(fd, tail, TAIL, size > TAIL ? size - TAIL : 0);
    close(fd);
    if (size < 0 || n < 0 || m < 0)
        return E_IO;
    bool encrypted = false;
    *kind = kind_of_bytes((struct str){head, (size_t)n}, (struct str){tail, (size_t)m}, &encrypted);
    *is_encrypted = encrypted;
    return OK;
}

const char *import_kind_name(enum import_kind kind)
{
    static const char *const names[] = {"unknown", "docx", "doc",     "odt",   "rtf",  "html",
                                        "text",    "pdf",  "picture", "sound", "video"};

    return names[kind];
}

const char *import_problem_name(enum import_problem problem)
{
    static const char *const names[] = {"fine", "broken",   "empty",        "encrypted",    "too_large",
                                        "bomb", "time_out", "unknown_kind", "no_converter", "no_sandbox"};

    return names[problem];
}

const char *import_note_name(enum import_note_kind kind)
{
    static const char *const names[] = {"old_font",         "text_boxes",     "text_box_copies", "letters_composed",
                                        "invisible",        "spaces",         "bullets",         "symbols",
                                        "lookalikes",       "broken_bytes",   "lines_joined",    "headings",
                                        "pictures_skipped", "sounds_skipped", "code_guessed",    "scripts_dropped"};

    _Static_assert(countof(names) == IMPORT_NOTE_KINDS, "a name for each kind");
    return names[kind];
}
