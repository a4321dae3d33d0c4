#include <jansson.h>
#include <sys/stat.h>
#include "base/files.h"
#include "html/body_import.h"
#include "import/import_parts.h"

enum { HELPER_MS = 10000, PANDOC_MS = 30000, OFFICE_MS = 20000, MAX_TREE = 96 << 20 };

static const size_t HELPER_MEMORY = (size_t)1536 << 20, PANDOC_MEMORY = (size_t)2048 << 20,
                    OFFICE_MEMORY = (size_t)3072 << 20, MAX_OUTPUT = (size_t)256 << 20;

/* --- what the helper says ---------------------------------------------------------------------------------------- */

static enum import_problem problem_of_name(const char *name)
{
    for (int problem = IMPORT_FINE; problem <= IMPORT_NO_SANDBOX; problem++)
        if (strcmp(name, import_problem_name((enum import_problem)problem)) == 0)
            return (enum import_problem)problem;
    return strcmp(name, "unknown") == 0 ? IMPORT_UNKNOWN_KIND : IMPORT_BROKEN;
}

static void read_helper_report(struct import *im, struct str json)
{
    json_error_t error;
    json_t *root = json_loadb(json.ptr, json.len, 0, &error);
    const char *problem = json_string_value(json_object_get(root, "problem"));

    if (root == NULL)
        im->result->problem = IMPORT_BROKEN;
    else if (problem != NULL)
        im->result->problem = problem_of_name(problem);
    for (int kind = 0; kind < IMPORT_NOTE_KINDS; kind++) {
        json_int_t n = json_integer_value(json_object_get(root, import_note_name((enum import_note_kind)kind)));
        if (n > 0)
            import_count(im, (enum import_note_kind)kind, (size_t)n, STR_NONE);
    }
    const char *sample = json_string_value(json_object_get(root, "old_font_sample"));
    if (sample != NULL)
        import_count(im, IMPORT_OLD_FONT, 0, str_of(sample));
    json_decref(root);
}

/* --- Word and its relatives -------------------------------------------------------------------------------------- */

static enum err run_pandoc(struct import *im, const char *path, const char *format)
{
    const char *from = str_z(im->arena, str_format(im->arena, "--from=%s", format));
    const char *argv[] = {"/usr/bin/pandoc", from,   "--to=json", "--extract-media=out", "in/source", "+RTS",
                          "-M512m",          "-RTS", NULL};
    struct sandbox_file in = {path, "source"};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = PANDOC_MS,
                              .memory_bytes = PANDOC_MEMORY,
                              .output_bytes = MAX_OUTPUT,
                              .stdout_bytes = MAX_TREE};
    struct sandbox_result ran;

    TRY(import_run(im, &job, &ran));
    if (im->result->problem != IMPORT_FINE)
        return OK;
    im->media_folder = ran.out;
    enum err e = import_read_pandoc(im, ran.output, &im->result->doc);
    if (e != OK)
        im->result->problem = e == E_TOO_LARGE ? IMPORT_TOO_LARGE : IMPORT_BROKEN;
    return OK;
}

enum err import_word(struct import *im, const char *path)
{
    const char *argv[] = {im->helper, "docx-prepass", "in/source", "out/clean.docx", NULL};
    struct sandbox_file in = {path, "source"};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = HELPER_MS,
                              .memory_bytes = HELPER_MEMORY,
                              .output_bytes = MAX_OUTPUT,
                              .stdout_bytes = 1 << 20};
    struct sandbox_result ran;

    TRY(import_run(im, &job, &ran));
    if (im->result->problem == IMPORT_FINE)
        read_helper_report(im, ran.output);
    if (im->result->problem != IMPORT_FINE)
        return OK;
    return run_pandoc(im, str_z(im->arena, str_format(im->arena, "%s/clean.docx", ran.out)), "docx+styles");
}

/* LibreOffice makes a Word file of it, which then goes Word's way: so old fonts and text boxes are seen to. */
enum err import_office(struct import *im, const char *path)
{
    /* With a new profile it ends with 81, "start me again". */
    static const char script[] =
        "o=/usr/lib/libreoffice/program/soffice.bin; "
        "set -- --headless --norestore --nolockcheck --nodefault --convert-to 'docx:MS Word 2007 XML' "
        "--outdir /job/out \"$1\"; $o \"$@\"; r=$?; [ $r = 81 ] && exec $o \"$@\"; exit $r";
    const char *argv[] = {
        "/usr/bin/sh",
        "-c",
        script,
        "sh",
        str_z(im->arena, str_format(im->arena, "{work}/in/source.%s", import_kind_name(im->result->kind))),
        NULL};
    struct sandbox_file in = {path,
                              str_z(im->arena, str_format(im->arena, "source.%s", import_kind_name(im->result->kind)))};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = OFFICE_MS,
                              .memory_bytes = OFFICE_MEMORY,
                              .output_bytes = MAX_OUTPUT,
                              .stdout_bytes = 1 << 20,
                              .processes = true};
    struct sandbox_result ran;

    if (!file_exists("/usr/lib/libreoffice/program/soffice.bin")) {
        im->result->problem = IMPORT_NO_CONVERTER;
        return OK;
    }
    TRY(import_run(im, &job, &ran));
    if (im->result->problem != IMPORT_FINE)
        return OK;
    const char *made = str_z(im->arena, str_format(im->arena, "%s/source.docx", ran.out));
    if (!file_exists(made)) { /* LibreOffice ends with 0 also where it could not read the file */
        im->result->problem = IMPORT_BROKEN;
        return OK;
    }
    return import_word(im, made);
}

/* --- web pages --------------------------------------------------------------------------------------------------- */

/* The helper named the pictures by their hash, which is looked at again here: the tree holds no other. */
static void keep_media(struct import *im, const char *folder)
{
    struct body_node *doc = im->result->doc;
    struct str hash;

    im->media_folder = folder;
    for (struct body_node *n = doc; n != NULL; n = (struct body_node *)body_walk(doc, n)) {
        if (n->media.len == 0 || (import_medium(im, n->media, &hash) && str_equal(hash, n->media)))
            continue;
        n->kind = BODY_PARAGRAPH;
        n->media = STR_NONE;
    }
}

enum err import_page(struct import *im, const char *path)
{
    const char *argv[] = {im->helper, "html", "in/source", "{work}/out", NULL};
    struct sandbox_file in = {path, "source"};
    struct sandbox_job job = {.argv = argv,
                              .in = &in,
                              .in_count = 1,
                              .wall_ms = HELPER_MS,
                              .memory_bytes = HELPER_MEMORY,
                              .output_bytes = MAX_OUTPUT,
                              .stdout_bytes = 1 << 20};
    struct sandbox_result ran;
    struct str json;

    TRY(import_run(im, &job, &ran));
    if (im->result->problem == IMPORT_FINE)
        read_helper_report(im, ran.output);
    if (im->result->problem != IMPORT_FINE)
        return OK;
    const char *made = str_z(im->arena, str_format(im->arena, "%s/tree.json", ran.out));
    enum err e = file_read(im->arena, made, MAX_TREE, &json);
    if (e == OK)
        e = body_of_json(im->arena, json, &im->result->doc);
    if (e != OK)
        im->result->problem = e == E_TOO_LARGE ? IMPORT_TOO_LARGE : IMPORT_BROKEN;
    else
        keep_media(im, ran.out);
    return OK;
}
