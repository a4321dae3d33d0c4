/* A file that somebody wrote elsewhere becomes an article: its tree, title, standfirst, authors, pictures, and a report
 * of what was changed on the way. No database here, and nothing is stored: the caller does both, and keeps the
 * original.
 *
 * What the file is, its content says, not its name. Everything that unpacks or parses a stranger's format runs in the
 * sandbox (jobs/sandbox.h), within limits; without a sandbox those kinds are refused. The result lives in the arena,
 * the pictures' temporary files too. Any thread; the call blocks for the time of the conversion. */
#ifndef BANTIN_IMPORT_H
#define BANTIN_IMPORT_H

#include "html/body.h"

enum import_kind {
    IMPORT_UNKNOWN,
    IMPORT_DOCX,
    IMPORT_DOC,
    IMPORT_ODT,
    IMPORT_RTF,
    IMPORT_HTML,
    IMPORT_TEXT,
    IMPORT_PDF,     /* known, not taken: there is no text flow to trust in it */
    IMPORT_PICTURE, /* a figure, not an article: to the media store */
    IMPORT_SOUND,
    IMPORT_VIDEO,
};

/* Why a file was not taken. Messages: import_problem_NAME, see import_problem_name. */
enum import_problem {
    IMPORT_FINE,
    IMPORT_BROKEN,    /* cut off, damaged, or not what it says */
    IMPORT_EMPTY,     /* no byte, or no text and no picture */
    IMPORT_ENCRYPTED, /* has a password */
    IMPORT_TOO_LARGE, /* over the limit in bytes, or more text than an article holds */
    IMPORT_BOMB,      /* unpacks to far more than it is */
    IMPORT_TIME_OUT,
    IMPORT_UNKNOWN_KIND, /* no kind we take */
    IMPORT_NO_CONVERTER, /* the program for this kind is not installed */
    IMPORT_NO_SANDBOX,   /* no safe way to run it on this machine */
};

/* What was changed or left out. Messages: import_report_NAME with the count, see import_note_name. */
enum import_note_kind {
    IMPORT_OLD_FONT,         /* passages in .Vn or VNI fonts, or an old encoding, made Unicode; sample: the new text */
    IMPORT_TEXT_BOXES,       /* text boxes made paragraphs */
    IMPORT_TEXT_BOX_COPIES,  /* their second form for old programs, left out */
    IMPORT_LETTERS_COMPOSED, /* letters put together from a letter and its marks */
    IMPORT_INVISIBLE,        /* zero-width characters dropped */
    IMPORT_SPACES,           /* odd and repeated spaces made plain */
    IMPORT_BULLETS,          /* lines beginning with a bullet made list items */
    IMPORT_SYMBOLS,          /* pictures of characters made characters */
    IMPORT_LOOKALIKES,       /* letters that only look Vietnamese, made the right ones */
    IMPORT_BROKEN_BYTES,
    IMPORT_LINES_JOINED,     /* lines of hard-wrapped text */
    IMPORT_HEADINGS,         /* plain paragraphs taken for headings */
    IMPORT_PICTURES_SKIPPED, /* of a kind no browser shows, or not in the file */
    IMPORT_SOUNDS_SKIPPED,
    IMPORT_CODE_GUESSED,    /* the text's encoding was guessed; sample: its name */
    IMPORT_SCRIPTS_DROPPED, /* scripts, frames, objects of a web page */
    IMPORT_NOTE_KINDS,
};

struct import_note {
    enum import_note_kind kind;
    size_t count;
    struct str sample; /* may be none */
};

struct import_author {
    struct str title; /* "đồng chí", "ThS", "Ông" … as written, may be none */
    struct str name;
    struct str role; /* what stood beside it: an office, a unit; may be none */
};

struct import_medium {
    struct str hash;  /* as the tree names it: SHA-256 in hexadecimal */
    const char *path; /* a temporary file that goes with the arena */
    struct str name;  /* as it was called in the document */
};

struct import_options {
    const char *helper; /* path of bantin-convert; NULL: beside this program */
    size_t max_bytes;   /* of the file; 0: 100 MB */
};

struct import_result {
    enum import_kind kind;
    enum import_problem problem;
    struct body_node *doc;
    struct str title;
    bool title_is_sure; /* false: a proposal, to be asked for or warned about */
    struct str standfirst;
    struct import_author *authors;
    size_t author_count;
    struct import_medium *media;
    size_t media_count;
    struct import_note *notes;
    size_t note_count;
};

/* OK also where the file is refused: then `problem` says why and `doc` is NULL. An err is the machine's trouble: the
 * file cannot be read, the disk is full. `file_name` is as the sender called it. */
enum err import_file(struct arena *a, const struct import_options *options, const char *path, struct str file_name,
                     struct import_result *result);

/* The kind by content; only looks at bytes. `is_encrypted` is set for an Office file with a password. */
enum err import_kind_of_file(struct arena *a, const char *path, enum import_kind *kind, bool *is_encrypted);

/* "d2-ban-tin_sinh-hoat.docx" gives "d2 ban tin sinh hoat". */
struct str import_title_of_name(struct arena *a, struct str name);

/* "docx", "broken", "text_boxes": fixed names for messages, logs, the API. */
const char *import_kind_name(enum import_kind kind);
const char *import_problem_name(enum import_problem problem);
const char *import_note_name(enum import_note_kind kind);
#endif
