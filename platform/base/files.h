/* Files that are whole or not there. Paths are terminated strings. */
#ifndef BANTIN_FILES_H
#define BANTIN_FILES_H

#include "base/base.h"

/* Reads the whole file into the arena; E_TOO_LARGE above `limit` bytes, E_NOT_FOUND where there is none. */
enum err file_read(struct arena *a, const char *path, size_t limit, struct str *content);

/* Writes under a temporary name, fsyncs, renames, fsyncs the folder: after a crash the old file or the new one is
 * there, whole. E_FULL when the disk is full. */
enum err file_write(const char *path, struct str content);

/* Makes the folder and the ones above it (mode 0700 for what it makes). */
enum err folder_make(const char *path);
/* Removes a folder and all in it; a missing one is fine. */
enum err folder_remove(const char *path);
bool file_exists(const char *path);
#endif
