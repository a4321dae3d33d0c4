/* The archive of an EPUB: mimetype first and stored, every part with the issue's own date. */
#include "press/epub.h"
#include <unistd.h>
#include "base/files.h"
#include "base/log.h"
#include "press/compose.h"

static void add_source(struct epub *e, const char *name, zip_source_t *source, bool stored)
{
    zip_int64_t at = source == NULL ? -1 : zip_file_add(e->zip, name, source, 0);

    if (at < 0) {
        zip_source_free(source);
        e->failed = true;
        return;
    }
    /* 1 January 2020, midnight: the archive's own dates must not tell two makings apart. */
    zip_file_set_dostime(e->zip, (zip_uint64_t)at, 0, (2020 - 1980) << 9 | 1 << 5 | 1, 0);
    if (zip_set_file_compression(e->zip, (zip_uint64_t)at, stored ? ZIP_CM_STORE : ZIP_CM_DEFLATE, 0) != 0)
        e->failed = true;
}

static void add_part(struct epub *e, const char *name, struct str content)
{
    add_source(e, name, zip_source_buffer(e->zip, content.ptr, content.len, 0), false);
}

static void add_mimetype(struct epub *e)
{
    add_source(e, "mimetype", zip_source_buffer(e->zip, "application/epub+zip", 20, 0), true);
}

static void add_items(struct epub *e)
{
    int n = 0;

    for (size_t i = 0; i < e->issue->n_sections; i++)
        for (size_t k = 0; k < e->issue->sections[i].n_items; k++) {
            e->item = n++;
            struct str part = epub_item(e, &e->issue->sections[i], &e->issue->sections[i].items[k], k == 0);
            add_part(e, str_z(e->a, str_format(e->a, "EPUB/item-%d.xhtml", n)), part);
        }
    e->item = -1;
}

static void add_pictures(struct epub *e)
{
    for (size_t i = 0; i < e->n_pictures; i++) {
        const struct epub_picture *p = &e->pictures[i];
        if (str_is_empty(p->name))
            continue;
        add_source(e, str_z(e->a, str_format(e->a, "EPUB/%.*s", STR_ARG(p->name))),
                   zip_source_file(e->zip, p->picture.path, 0, -1), true);
    }
}

static void add_cover(struct epub *e)
{
    struct str png;

    e->cover_picture = str_is_empty(e->issue->cover) ? NULL : epub_find_picture(e, e->issue->cover);
    if (e->cover_picture == NULL && cover_png(e->a, e->issue, &png) == OK) {
        e->drawn_cover = true;
        add_source(e, "EPUB/cover.png", zip_source_buffer(e->zip, png.ptr, png.len, 0), true);
    }
    add_part(e, "EPUB/cover.xhtml", epub_cover(e));
}

static void add_parts(struct epub *e)
{
    add_mimetype(e);
    add_part(e, "META-INF/container.xml", epub_container(e));
    add_part(e, "EPUB/style.css", epub_style(e));
    add_cover(e);
    add_part(e, "EPUB/nav.xhtml", epub_nav(e));
    if (e->issue->editorial != NULL)
        add_part(e, "EPUB/editorial.xhtml", epub_editorial(e));
    add_items(e);
    add_part(e, "EPUB/colophon.xhtml", epub_colophon(e));
    add_pictures(e);
    add_part(e, "EPUB/package.opf", epub_package(e));
}

static enum err write_archive(struct epub *e, const char *name)
{
    int code;

    e->zip = zip_open(name, ZIP_CREATE | ZIP_TRUNCATE, &code);
    if (e->zip == NULL)
        return E_IO;
    add_parts(e);
    if (!e->failed && zip_close(e->zip) == 0)
        return OK;
    log_event(LOG_ERROR, "press.epub_failed", "reason=%s", zip_strerror(e->zip));
    int system_error =
        zip_error_system_type(zip_get_error(e->zip)) == ZIP_ET_SYS ? zip_error_code_system(zip_get_error(e->zip)) : 0;
    zip_discard(e->zip);
    return system_error == ENOSPC ? E_FULL : E_IO;
}

enum err press_epub(struct arena *a, const struct press_issue *issue, const char *path, struct press_report *report)
{
    struct press_report made = {0};
    struct arena *work = arena_new(0);
    struct epub e = {.a = work, .issue = issue, .report = &made, .item = -1};
    char *part = str_z(work, str_format(work, "%s.part", path));
    enum err result = write_archive(&e, part);

    if (result == OK && rename(part, path) != 0)
        result = E_IO;
    if (result == OK)
        *report = report_copy(a, &made);
    else
        unlink(part);
    arena_free(work);
    return result;
}
