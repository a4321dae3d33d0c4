#include "media/media_kind.h"

#include <fcntl.h>
#include <unistd.h>

static const struct {
    const char *name, *type;
    char sort; /* p: picture, s: sound, v: video */
} kinds[MEDIA_KINDS] = {
    [MEDIA_UNKNOWN] = {"unknown", "application/octet-stream", '-'},
    [MEDIA_JPEG] = {"jpeg", "image/jpeg", 'p'},
    [MEDIA_PNG] = {"png", "image/png", 'p'},
    [MEDIA_GIF] = {"gif", "image/gif", 'p'},
    [MEDIA_WEBP] = {"webp", "image/webp", 'p'},
    [MEDIA_AVIF] = {"avif", "image/avif", 'p'},
    [MEDIA_HEIC] = {"heic", "image/heic", 'p'},
    [MEDIA_BMP] = {"bmp", "image/bmp", 'p'},
    [MEDIA_TIFF] = {"tiff", "image/tiff", 'p'},
    [MEDIA_MP3] = {"mp3", "audio/mpeg", 's'},
    [MEDIA_M4A] = {"m4a", "audio/mp4", 's'},
    [MEDIA_OGG] = {"ogg", "audio/ogg", 's'},
    [MEDIA_FLAC] = {"flac", "audio/flac", 's'},
    [MEDIA_WAV] = {"wav", "audio/wav", 's'},
    [MEDIA_MP4] = {"mp4", "video/mp4", 'v'},
    [MEDIA_WEBM] = {"webm", "video/webm", 'v'},
};

static struct str at(struct str head, size_t from, size_t n)
{
    return str_sub(head, from, n);
}

/* The brand of an ISO file says what is in the box. */
static enum media_kind kind_of_brand(struct str brand)
{
    static const struct {
        const char *brand;
        enum media_kind kind;
    } brands[] = {{"avif", MEDIA_AVIF}, {"avis", MEDIA_AVIF}, {"heic", MEDIA_HEIC}, {"heix", MEDIA_HEIC},
                  {"mif1", MEDIA_HEIC}, {"msf1", MEDIA_HEIC}, {"M4A ", MEDIA_M4A},  {"M4B ", MEDIA_M4A},
                  {"isom", MEDIA_MP4},  {"iso2", MEDIA_MP4},  {"iso4", MEDIA_MP4},  {"iso5", MEDIA_MP4},
                  {"iso6", MEDIA_MP4},  {"mp41", MEDIA_MP4},  {"mp42", MEDIA_MP4},  {"avc1", MEDIA_MP4},
                  {"M4V ", MEDIA_MP4},  {"qt  ", MEDIA_MP4},  {"dash", MEDIA_MP4},  {"MSNV", MEDIA_MP4},
                  {"3gp4", MEDIA_MP4},  {"3gp5", MEDIA_MP4},  {"3gp6", MEDIA_MP4}};

    for (size_t i = 0; i < countof(brands); i++)
        if (str_equal(brand, str_of(brands[i].brand)))
            return brands[i].kind;
    return MEDIA_UNKNOWN;
}

static bool is_mp3(struct str head)
{
    if (str_starts(head, S("ID3")))
        return true;
    /* A frame's head: eleven ones, a layer that is not reserved, a rate that is one. */
    if (head.len < 4 || (unsigned char)head.ptr[0] != 0xff)
        return false;
    unsigned char b = (unsigned char)head.ptr[1], c = (unsigned char)head.ptr[2];
    return (b & 0xe6) == 0xe2 && (c & 0xf0) != 0xf0 && (c & 0xf0) != 0 && (c & 0x0c) != 0x0c;
}

enum media_kind media_kind_of_bytes(struct str head)
{
    if (str_starts(head, S("\xff\xd8\xff")))
        return MEDIA_JPEG;
    if (str_starts(head, S("\x89PNG\r\n\x1a\n")))
        return MEDIA_PNG;
    if (str_starts(head, S("GIF87a")) || str_starts(head, S("GIF89a")))
        return MEDIA_GIF;
    if (str_starts(head, S("RIFF")) && str_equal(at(head, 8, 4), S("WEBP")))
        return MEDIA_WEBP;
    if (str_starts(head, S("RIFF")) && str_equal(at(head, 8, 4), S("WAVE")))
        return MEDIA_WAV;
    if (str_equal(at(head, 4, 4), S("ftyp")))
        return kind_of_brand(at(head, 8, 4));
    if (str_starts(head, S("BM")) && head.len > 30 && str_equal(at(head, 6, 4), S("\0\0\0\0")))
        return MEDIA_BMP;
    if (str_starts(head, S("II*\0")) || str_starts(head, S("MM\0*")))
        return MEDIA_TIFF;
    if (str_starts(head, S("OggS")))
        return MEDIA_OGG;
    if (str_starts(head, S("fLaC")))
        return MEDIA_FLAC;
    if (str_starts(head, S("\x1a\x45\xdf\xa3")) && str_contains(at(head, 0, 64), S("webm")))
        return MEDIA_WEBM;
    return is_mp3(head) ? MEDIA_MP3 : MEDIA_UNKNOWN;
}

enum err media_kind_of_file(const char *path, enum media_kind *kind)
{
    char head[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

    if (fd < 0)
        return errno == ENOENT ? E_NOT_FOUND : E_IO;
    ssize_t n = read(fd, head, sizeof head);
    close(fd);
    if (n < 0)
        return E_IO;
    *kind = media_kind_of_bytes((struct str){head, (size_t)n});
    return OK;
}

bool media_is_picture(enum media_kind kind)
{
    return kinds[kind].sort == 'p';
}

bool media_is_sound(enum media_kind kind)
{
    return kinds[kind].sort == 's';
}

bool media_is_video(enum media_kind kind)
{
    return kinds[kind].sort == 'v';
}

const char *media_kind_name(enum media_kind kind)
{
    return kinds[kind].name;
}

const char *media_kind_type(enum media_kind kind)
{
    return kinds[kind].type;
}
