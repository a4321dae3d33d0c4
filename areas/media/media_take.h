/* A picture, sound or video that somebody sends: looked at in the sandbox, made ready for showing, put into the store.
 *
 * Of a picture only the renditions are for showing: they are upright, in sRGB, and know nothing about where and with
 * what it was taken; the original may, and is kept for the printer alone. Sound and video go as they are. Any thread;
 * the call blocks for the time of the conversion. */
#ifndef BANTIN_MEDIA_TAKE_H
#define BANTIN_MEDIA_TAKE_H

#include "media/media_kind.h"

enum { MEDIA_MAX_RENDITIONS = 12 };

/* Why it was not taken. */
enum media_problem {
    MEDIA_FINE,
    MEDIA_EMPTY,
    MEDIA_NOT_TAKEN, /* no kind that we show */
    MEDIA_BROKEN,
    MEDIA_TOO_LARGE, /* in bytes, or over 60 million points */
    MEDIA_TIME_OUT,
    MEDIA_NO_CONVERTER,
    MEDIA_NO_SANDBOX,
};

struct media_rendition {
    struct str name; /* in the store: "w960.webp", "print.jpeg" */
    int width, height;
};

struct media_taken {
    enum media_problem problem;
    struct str hash;
    enum media_kind kind;
    size_t bytes;
    int width, height;   /* of a picture, upright; 0 otherwise */
    int64_t duration_ms; /* of sound and video; 0: not known */
    struct media_rendition renditions[MEDIA_MAX_RENDITIONS];
    size_t rendition_count;
};

struct media_options {
    const char *store;  /* the folder of media_store.h */
    const char *helper; /* path of bantin-convert; NULL: beside this program, or BANTIN_CONVERT */
    size_t max_bytes;   /* 0: 64 MB for a picture, 2 GB for the rest */
};

/* OK also where it is refused: `problem` says why, and nothing is stored. */
enum err media_take(struct arena *a, const struct media_options *options, const char *path, struct media_taken *taken);

const char *media_problem_name(enum media_problem problem); /* "too_large": messages media_problem_NAME */

/* Where the helper binary is when nobody says. */
const char *media_find_helper(struct arena *a);
#endif
