/* What the files of this room share; other rooms include import.h. */
#ifndef BANTIN_IMPORT_PARTS_H
#define BANTIN_IMPORT_PARTS_H

#include "import/import.h"
#include "jobs/sandbox.h"
#include "text/text.h"

enum { IMPORT_MAX_AUTHORS = 16 };

/* One file on its way. */
struct import {
    struct arena *arena;
    const struct import_options *options;
    struct str file_name;
    const char *helper;
    struct text_report text; /* what cleaning changed, summed */
    size_t counts[IMPORT_NOTE_KINDS];
    struct str samples[IMPORT_NOTE_KINDS];
    const char *media_folder; /* where pandoc put the pictures, NULL without */
    struct import_result *result;
};

void import_count(struct import *im, enum import_note_kind kind, size_t n, struct str sample);

/* Each fills result->doc, or sets result->problem. */
enum err import_word(struct import *im, const char *path);
enum err import_office(struct import *im, const char *path);
enum err import_page(struct import *im, const char *path);
enum err import_plain(struct import *im, const char *path);

/* Runs the helper or a converter; turns how it ended into a problem. OK with result->problem set: refused. */
enum err import_run(struct import *im, const struct sandbox_job *job, struct sandbox_result *ran);

/* pandoc's JSON as a tree, its metadata as paragraphs at the head. E_INVALID: not pandoc's JSON; E_TOO_LARGE. */
enum err import_read_pandoc(struct import *im, struct str json, struct body_node **doc);

/* Cleans every text of the tree (text_clean), counts what changed. */
void import_clean_tree(struct import *im, struct body_node *doc);

/* A picture out of a document: its hash, and the file kept in the result. False: it is not there or not one to show. */
bool import_medium(struct import *im, struct str name, struct str *hash);

/* Makes what a hand typed into structure: bullets to lists, numbered and capital lines to headings. */
void import_find_structure(struct import *im, struct body_node *doc);
/* Takes title, standfirst and authors out of the tree's beginning and end. */
void import_find_head(struct import *im, struct body_node *doc);

/* What a converter gave, made a clean tree with its head taken off; may set result->problem. */
void import_finish(struct import *im);
/* A plain file's bytes as a tree. */
struct body_node *import_read_plain(struct import *im, struct str bytes);
/* Hard-wrapped text as a tree; `text` is Unicode, lines ended by \n. */
struct body_node *import_join_lines(struct import *im, struct str text);

/* --- what a line looks like; used by several --------------------------------------------------------------------- */

bool import_is_capitals(struct arena *a, struct str line);  /* has letters, and no small one */
bool import_starts_small(struct arena *a, struct str line); /* goes on from the line before */
bool import_starts_capital(struct arena *a, struct str line);

enum import_mark { MARK_NO, MARK_PART, MARK_ROMAN, MARK_ARABIC, MARK_LETTER };
/* "Chương II", "Điều 5." | "I." | "1.", "1.2." | "a)"; *length is the mark's in bytes with the space behind it. */
enum import_mark import_number_mark(struct str line, size_t *length);
/* "- ", "• ", "+ ": the mark's length with its space, 0 where there is none. */
size_t import_bullet_mark(struct str line);
bool import_ends_sentence(struct str line);
size_t import_letters(struct str line); /* code points */

/* "ThS. Nguyễn Văn A (Phòng Tổ chức)": false where it does not look like a person. */
bool import_author_of_line(struct arena *a, struct str line, struct import_author *author);
/* "Chi bộ Văn phòng", "BAN TUYÊN GIÁO". */
bool import_is_unit_name(struct arena *a, struct str line);

/* The text of one block, for looking at. */
struct str import_text_of(struct arena *a, const struct body_node *block);
/* Takes a block out of its parent. */
void import_unlink(struct body_node *block);
/* The same where the one before it is known (NULL: it is the first): for loops over many. */
void import_unlink_after(struct body_node *before, struct body_node *block);
void import_insert_after(struct body_node *parent, struct body_node *after, struct body_node *block);
#endif
