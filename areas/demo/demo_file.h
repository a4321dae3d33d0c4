/* The files of data/demo: lines "key: value", a line "---", then a text. Everything lives in the arena it was read
 * into. */
#ifndef BANTIN_DEMO_FILE_H
#define BANTIN_DEMO_FILE_H

#include "base/base.h"
#include "html/body.h"

struct demo_line {
    struct str key, value;
};

struct demo_file {
    struct demo_line *lines;
    size_t count;
    struct str text; /* behind the "---" */
};

/* Where data/demo lies: with the installed program, else in the source tree; NULL where it is in neither. */
const char *demo_folder(void);

/* Reads FOLDER/name, with {month}, {year}, {last_month}, {next_month} written out for the month of `when` (UTC+7). */
enum err demo_file_read(struct arena *a, const char *name, int64_t when, struct demo_file *file);

/* The first value of a key; none where it is not given. */
struct str demo_value(const struct demo_file *file, const char *key);
/* The values between ';', trimmed; those not given are empty. */
void demo_parts(struct str value, struct str *parts, size_t n);

/* The hash of a medium by its file's name; E_NOT_FOUND. */
typedef enum err demo_media_named(void *context, struct str name, struct str *hash);

/* The text of an article as a tree; E_INVALID (with the line in the log) at anything it does not know. */
enum err demo_body(struct arena *a, struct str text, demo_media_named *named, void *context, struct body_node **doc);
#endif
