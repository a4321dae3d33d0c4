/* The whole of a printed issue: cover, contents, items, imprint; then everything is drawn. */
#include <cairo-pdf.h>
#include <unistd.h>
#include "press/draw.h"
#include "press/pdf_language.h"
#include "base/files.h"
#include "base/log.h"

static size_t count_items(const struct press_issue *issue)
{
    size_t n = 0;

    for (size_t i = 0; i < issue->n_sections; i++)
        n += issue->sections[i].n_items;
    return n;
}

static void place_items(struct compose *c)
{
    int index = 0;

    c->y = c->type.height; /* the first item starts a page */
    for (size_t i = 0; i < c->issue->n_sections; i++)
        for (size_t k = 0; k < c->issue->sections[i].n_items; k++) {
            c->item = index++;
            article_place(c, &c->issue->sections[i], &c->issue->sections[i].items[k], k == 0);
        }
}

static void place_issue(struct compose *c)
{
    pages_new(c);
    c->pages[0].bare = true;
    contents_place(c);
    place_items(c);
    imprint_place(c);
}

/* --- the file ----------------------------------------------------------------------------------------------------- */

static void set_metadata(struct compose *c, cairo_surface_t *surface)
{
    const struct press_issue *issue = c->issue;
    struct tm tm;
    char when[32];
    time_t date = (time_t)issue->date;

    struct str title = str_format(c->a, "%.*s · %.*s", STR_ARG(issue->publication), STR_ARG(issue->label));
    struct str keywords = str_format(c->a, "%.*s; sha256:%.*s%s%.*s", STR_ARG(issue->label), STR_ARG(issue->hash),
                                     str_is_empty(issue->mark) ? "" : "; ", STR_ARG(issue->mark));
    gmtime_r(&date, &tm);
    strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &tm);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, str_z(c->a, title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_AUTHOR, str_z(c->a, issue->organisation));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, str_z(c->a, issue->title));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_KEYWORDS, str_z(c->a, keywords));
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "bantin");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, when);
}

static void add_bookmark(struct compose *c, cairo_surface_t *surface, int parent, struct str title, int page, int *id)
{
    struct str where = str_format(c->a, "page=%d", page);

    *id = cairo_pdf_surface_add_outline(surface, parent, str_z(c->a, title), str_z(c->a, where),
                                        CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

static void add_outline(struct compose *c, cairo_surface_t *surface)
{
    int id, section, index = 0;

    add_bookmark(c, surface, CAIRO_PDF_OUTLINE_ROOT, c->issue->words.cover, 1, &id);
    add_bookmark(c, surface, CAIRO_PDF_OUTLINE_ROOT, c->issue->words.contents, 2, &id);
    for (size_t i = 0; i < c->issue->n_sections; i++) {
        const struct press_section *s = &c->issue->sections[i];
        if (s->n_items == 0)
            continue;
        section = CAIRO_PDF_OUTLINE_ROOT;
        if (!str_is_empty(s->name))
            add_bookmark(c, surface, CAIRO_PDF_OUTLINE_ROOT, s->name, c->report->items[index].first, &section);
        for (size_t k = 0; k < s->n_items; k++)
            add_bookmark(c, surface, section, s->items[k].title, c->report->items[index++].first, &id);
    }
}

static cairo_status_t write_some(void *closure, const unsigned char *data, unsigned n)
{
    return fwrite(data, 1, n, closure) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

static enum err draw_issue(struct compose *c, FILE *file)
{
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(write_some, file, c->type.page_width, c->type.page_height);
    struct drawing d = {.c = c, .surface = surface, .cr = cairo_create(surface)};

    set_metadata(c, surface);
    draw_pages(&d);
    add_outline(c, surface);
    cairo_status_t drawn = cairo_status(d.cr);
    cairo_destroy(d.cr);
    cairo_surface_finish(surface);
    cairo_status_t finished = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    if (drawn == CAIRO_STATUS_SUCCESS && finished == CAIRO_STATUS_SUCCESS)
        return OK;
    log_event(LOG_ERROR, "press.pdf_failed", "draw=%d finish=%d", drawn, finished);
    return finished == CAIRO_STATUS_WRITE_ERROR && errno == ENOSPC ? E_FULL : E_IO;
}

static enum err write_file(struct compose *c, const char *path)
{
    struct str part = str_format(c->a, "%s.part", path);
    const char *name = str_z(c->a, part);
    FILE *file = fopen(name, "w+b");

    if (file == NULL)
        return E_IO;
    enum err e = draw_issue(c, file);
    if (e == OK)
        e = pdf_say_language(c->a, file, c->issue->lang);
    bool written = fflush(file) == 0 && fsync(fileno(file)) == 0;
    if (fclose(file) != 0 || !written)
        e = e != OK ? e : E_IO;
    if (e == OK && rename(name, path) != 0)
        e = E_IO;
    if (e != OK)
        unlink(name);
    return e;
}

static enum err compose_issue(struct arena *work, const struct press_issue *issue, enum press_format format,
                              const char *path, struct press_report *report)
{
    jmp_buf too_many;
    struct compose *c = NEW(work, struct compose);

    *c = (struct compose){.a = work, .issue = issue, .format = format, .report = report, .item = -1};
    TRY(type_open(work, issue, format, &c->type));
    report->n_items = count_items(issue);
    report->items = NEW_ARRAY(work, struct press_place, report->n_items + 1);
    c->too_many_pages = &too_many;
    if (setjmp(too_many) != 0)
        return E_TOO_LARGE;
    place_issue(c);
    report->pages = c->n_pages;
    return write_file(c, path);
}

enum err press_pdf(struct arena *a, const struct press_issue *issue, enum press_format format, const char *path,
                   struct press_report *report)
{
    struct arena *work = arena_new(0);
    struct press_report made = {0};
    enum err e = compose_issue(work, issue, format, path, &made);

    if (e == OK)
        *report = report_copy(a, &made);
    arena_free(work);
    return e;
}
