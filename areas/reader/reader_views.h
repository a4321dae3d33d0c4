/* What the readers' pages are given. */
#ifndef BANTIN_READER_VIEWS_H
#define BANTIN_READER_VIEWS_H

#include "article/article.h"
#include "layout/layout.h"
#include "reader/reader_sql.h"

struct reader_link {
    struct str url, title;
};

/* One line of a table of contents or of a list. */
struct reader_entry {
    struct str url, title, standfirst;
    struct str meta; /* "Văn phòng · 5 phút đọc" */
    int64_t page;    /* in print; 0: none */
    bool for_members;
};

struct v_entries {
    const struct reader_entry *rows;
    size_t count;
};

struct reader_section_block {
    struct str name;
    struct v_entries entries;
};

struct v_cover {
    struct str url, title; /* the publication's name */
    struct str label;      /* "Số 4 · Tháng 4/2026" */
    struct str picture;    /* a picture's address, or empty: the cover is type alone */
    int64_t width, height;
};

struct reader_file {
    struct str url, label;
    int64_t bytes;
};

struct v_issue_front {
    struct str title, label, canonical;
    struct str name;       /* the issue's own title, or empty */
    struct str description;
    struct v_cover cover;
    int64_t published_at;
    int64_t pages;
    bool has_must, is_front, is_withdrawn;
    struct reader_entry must;
    struct {
        const struct reader_section_block *rows;
        size_t count;
    } sections;
    struct {
        const struct reader_file *rows;
        size_t count;
    } files;
    struct v_entries alone; /* on the front page: news since the issue */
    struct html editorial;
    struct str hash;
    struct {
        const struct str *rows;
        size_t count;
    } questions;
};

struct v_reader_empty {
    struct str name;
    bool may_write;
};

struct v_article {
    struct str title, kicker, standfirst, description, canonical, image;
    struct str section_url;
    struct str meta;       /* authors and unit */
    struct str place;      /* "Số 4/2026, trang 11" */
    struct str issue_url;
    int64_t minutes;
    int64_t published_at;
    bool for_members;
    struct html body;
    struct {
        const struct q_corrections_shown *rows;
        size_t count;
    } corrections;
    struct {
        const struct str *rows;
        size_t count;
    } questions;
    struct reader_link before, after;
    struct str hash;
    struct str cite;       /* ready-made citation */
    struct str edit_url;   /* for the newsroom; empty for others */
};

struct v_archive {
    struct str name;
    struct {
        const struct v_cover *rows;
        size_t count;
    } issues;
    struct {
        const struct reader_link *rows;
        size_t count;
    } publications;
    struct str older, newer; /* addresses of the next pages */
};

struct v_sections {
    struct {
        const struct reader_link *rows;
        size_t count;
    } sections;
};

struct v_section {
    struct str name, canonical;
    struct v_entries entries;
    struct str older, newer;
};
#endif
