/* The migrations folder, and its type words put into each engine's own (migrations/README.md). Generators only. */
#ifndef BANTIN_MIGRATION_TEXT_H
#define BANTIN_MIGRATION_TEXT_H

#include "sql_text.h"

struct migration_file {
    const char *path, *name; /* name: without folder and ".sql" */
    struct str text, hash;
};

struct migration_files {
    struct migration_file *list;
    size_t count;
};

/* All of the folder in order; ends the generator where a name or a file is wrong. */
struct migration_files migration_files_read(struct arena *a, const char *folder);

struct str migration_for(struct arena *a, const struct migration_file *file, enum sql_engine engine);

/* A Makefile rule that says the output depends on the folder and each file in it. */
void migration_depfile(struct arena *a, const char *path, const char *output, const char *folder,
                       const struct migration_files *files, const char *also);
#endif
