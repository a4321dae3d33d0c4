/* What a file of picture, sound or video is, by its first bytes; its name and what the sender says do not count. */
#ifndef BANTIN_MEDIA_KIND_H
#define BANTIN_MEDIA_KIND_H

#include "base/base.h"

enum media_kind {
    MEDIA_UNKNOWN,
    MEDIA_JPEG,
    MEDIA_PNG,
    MEDIA_GIF,
    MEDIA_WEBP,
    MEDIA_AVIF,
    MEDIA_HEIC, /* as telephones make them; shown only as our own renditions */
    MEDIA_BMP,
    MEDIA_TIFF,
    MEDIA_MP3,
    MEDIA_M4A,
    MEDIA_OGG, /* Opus or Vorbis */
    MEDIA_FLAC,
    MEDIA_WAV,
    MEDIA_MP4,
    MEDIA_WEBM,
    MEDIA_KINDS,
};

/* The first 4 KB are enough. */
enum media_kind media_kind_of_bytes(struct str head);
enum err media_kind_of_file(const char *path, enum media_kind *kind);

bool media_is_picture(enum media_kind kind);
bool media_is_sound(enum media_kind kind);
bool media_is_video(enum media_kind kind);
const char *media_kind_name(enum media_kind kind); /* "jpeg": also its ending */
const char *media_kind_type(enum media_kind kind); /* "image/jpeg" */
#endif
