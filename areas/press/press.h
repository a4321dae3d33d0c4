/* The press: an issue in, an edition out as a file. It knows no database: whoever calls it has decided what may be
 * seen.
 *
 * Everything of the issue is borrowed for the call; reports live in the arena given. The same issue gives the same
 * bytes. A composer belongs to the calling thread; several may run at once. Nothing is left at `path` on failure. */
#ifndef BANTIN_PRESS_H
#define BANTIN_PRESS_H

#include "base/base.h"
#include "html/body.h"

/* A stored picture as the press can take it: JPEG or PNG, upright. */
struct press_picture {
    const char *path;
    int width, height;
    struct str mime; /* "image/jpeg" or "image/png" */
};

/* Finds the picture of a media hash; E_NOT_FOUND gives a placeholder and a warning. */
struct press_media {
    enum err (*find)(void *context, struct arena *a, struct str hash, struct press_picture *picture);
    void *context;
};

/* The labels that the press prints, in the language of the issue. */
struct press_words {
    struct str contents;   /* Trong số này */
    struct str questions;  /* Câu hỏi thảo luận */
    struct str read_aloud; /* Đọc tại buổi sinh hoạt */
    struct str photo;      /* Ảnh: */
    struct str notes;      /* Chú thích: over the notes */
    struct str note;       /* Chú thích: before the number of one */
    struct str back;       /* Về chỗ chú thích */
    struct str table;      /* Bảng */
    struct str page;       /* Trang */
    struct str cover;      /* Bìa */
    struct str imprint;    /* Thông tin xuất bản */
    struct str sound;      /* Nghe: */
    struct str video;      /* Xem: */
    struct str missing;    /* Thiếu ảnh */
    struct str hash;       /* Mã nội dung */
};

struct press_line {
    struct str label, text;
};

struct press_item {
    struct str kicker, title, standfirst, authors, unit;
    bool read_aloud;
    const struct str *questions;
    size_t n_questions;
    const struct body_node *body;
    struct str permalink; /* a path of the site, or empty */
};

struct press_section {
    struct str name;
    const struct press_item *items;
    size_t n_items;
};

struct press_issue {
    struct str publication, organisation, motto, title;
    int number, year;
    struct str label;     /* Số 4/2026 */
    struct str date_text; /* Tháng 4/2026 */
    int64_t date;         /* for the metadata: seconds, UTC */
    struct str cover;     /* media hash, or empty for a cover of type alone */
    struct str accent;    /* #9b1c21 */
    struct str editorial_title;
    const struct body_node *editorial; /* the box beside the contents, or NULL */
    const struct press_line *imprint;
    size_t n_imprint;
    const struct press_section *sections;
    size_t n_sections;
    struct str hash;     /* what was approved, 64 hexadecimal digits */
    struct str mark;     /* CHƯA DUYỆT, ĐÃ THAY THẾ; empty on an edition in force */
    struct str lang;     /* vi */
    struct str base_url; /* https://example.vn, without the last slash */
    struct press_words words;
    struct press_media media;
};

enum press_format { PRESS_A4, PRESS_A5 };

enum press_warning_kind { PRESS_PICTURE_MISSING, PRESS_PICTURE_BROKEN, PRESS_LETTER_MISSING };

struct press_warning {
    enum press_warning_kind kind;
    int item;           /* in the order of the contents; -1 outside every item */
    struct str subject; /* the media hash; the letters, some at a time */
};

struct press_place {
    int first, last; /* pages, the cover is 1 */
};

struct press_report {
    int pages;
    struct press_place *items; /* in the order of the contents */
    size_t n_items;
    struct press_warning *warnings;
    size_t n_warnings;
};

/* Prints the issue as PDF. E_TOO_LARGE beyond PRESS_MAX_PAGES or 400 MB of lines, E_UNSUPPORTED without the fonts. */
enum { PRESS_MAX_PAGES = 2000 };
enum err press_pdf(struct arena *a, const struct press_issue *issue, enum press_format format, const char *path,
                   struct press_report *report);

/* The issue as EPUB 3. Pages are left out of the report. */
enum err press_epub(struct arena *a, const struct press_issue *issue, const char *path, struct press_report *report);

/* The issue as plain text to be read aloud. */
struct str press_text(struct arena *a, const struct press_issue *issue);

#endif
