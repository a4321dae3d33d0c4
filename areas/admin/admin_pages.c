#include "access/access.h"
#include "admin/admin.h"
#include "admin/admin_views.h"
#include "admin/admin_render.h"
#include "admin/help_page.h"
#include "auth/session.h"
#include "base/files.h"
#include "base/log.h"
#include "jobs/jobs_sql.h"
#include "jobs/sandbox.h"
#include "site/site.h"
#include "text/number.h"
#include "text/text.h"
#include "web/form.h"
#include <sys/stat.h>
#include <sys/statvfs.h>

enum { LIGHTS = 5, DISK_WARN_PERCENT = 15, DISK_LATE_PERCENT = 5, BACKUP_WARN = 2 * 24 * 3600, BACKUP_LATE = 7 * 24 * 3600 };

/* --- health -------------------------------------------------------------------------------------------------------- */

static struct health_light light(struct request *rq, enum msg name, struct str text, const char *level)
{
    return (struct health_light){msg(rq->lang, name), text, str_of(level)};
}

static struct health_light database_light(struct request *rq)
{
    struct str path = str_format(rq->arena, "%s/bantin.db", site_folders(site_of(rq))->data);
    struct stat info;

    if (database_is_postgres(rq->database))
        return light(rq, MSG_admin_database, S("PostgreSQL"), "");
    if (stat(database_url(rq->database), &info) != 0 && stat(path.ptr, &info) != 0)
        return light(rq, MSG_admin_database, S("SQLite"), "");
    struct str size = text_file_size(rq->arena, (uint64_t)info.st_size);
    return light(rq, MSG_admin_database, T(rq->arena, rq->lang, MSG_admin_database_size, ARG("size", size)), "");
}

static struct health_light disk_light(struct request *rq)
{
    struct statvfs disk;

    if (statvfs(site_folders(site_of(rq))->data, &disk) != 0 || disk.f_blocks == 0)
        return light(rq, MSG_admin_disk, msg(rq->lang, MSG_admin_unknown), "warn");
    int64_t percent = (int64_t)(disk.f_bavail * 100 / disk.f_blocks);
    struct str size = text_file_size(rq->arena, (uint64_t)disk.f_bavail * disk.f_frsize);
    struct str text = T(rq->arena, rq->lang, MSG_admin_disk_free, ARG("size", size), ARG("percent", percent));
    return light(rq, MSG_admin_disk, text, percent < DISK_LATE_PERCENT ? "late" : percent < DISK_WARN_PERCENT ? "warn" : "");
}

static struct health_light jobs_light(struct request *rq)
{
    struct q_jobs_waiting jobs = {0};

    if (q_jobs_waiting(rq->db, &jobs) != OK)
        return light(rq, MSG_admin_jobs, msg(rq->lang, MSG_admin_unknown), "warn");
    struct str text = T(rq->arena, rq->lang, MSG_admin_jobs_state, ARG("n", jobs.waiting - jobs.failed), ARG("failed", jobs.failed));
    return light(rq, MSG_admin_jobs, text, jobs.failed > 0 ? "late" : "");
}

static struct health_light sandbox_light(struct request *rq)
{
    enum sandbox_kind kind = sandbox_kind();

    if (kind == SANDBOX_NONE)
        return light(rq, MSG_admin_sandbox, msg(rq->lang, MSG_admin_sandbox_none), "late");
    return light(rq, MSG_admin_sandbox, str_of(sandbox_kind_name(kind)), "");
}

static struct health_light backup_light(struct request *rq)
{
    struct q_setting_one setting;
    struct html_out out = html_out_in(rq->arena, rq->lang);
    int64_t at;

    if (q_setting_one(rq->db, S("last_backup_at"), &setting) != OK || str_to_int(setting.value, &at) != OK)
        return light(rq, MSG_admin_backup, msg(rq->lang, MSG_admin_backup_never), "warn");
    int64_t age = rq->now - at;
    return light(rq, MSG_admin_backup, html_filter_datetime(&out, at), age > BACKUP_LATE ? "late" : age > BACKUP_WARN ? "warn" : "");
}

static void home_page(struct request *rq)
{
    struct health_light *lights = NEW_ARRAY(rq->arena, struct health_light, LIGHTS);
    struct v_admin_home view = {.lights = {lights, LIGHTS}, .is_demo = rq->shell.is_demo};

    lights[0] = database_light(rq);
    lights[1] = disk_light(rq);
    lights[2] = jobs_light(rq);
    lights[3] = sandbox_light(rq);
    lights[4] = backup_light(rq);
    rq_page(rq, 200, admin_home, &view);
}

/* --- settings ------------------------------------------------------------------------------------------------------ */

static const char *const accents[] = {"red", "blue", "green", "violet", "brown", NULL};

static void show_settings(struct request *rq, int status)
{
    static const enum msg names[] = {MSG_admin_accent_red, MSG_admin_accent_blue, MSG_admin_accent_green,
                                     MSG_admin_accent_violet, MSG_admin_accent_brown};
    struct site_settings settings = site_settings(site_of(rq), rq->arena);
    struct accent_sample *rows = NEW_ARRAY(rq->arena, struct accent_sample, countof(names));
    struct str chosen = settings.accent.len > 0 ? settings.accent : S("red");
    struct v_admin_settings view = {.organisation = settings.organisation, .accents = {rows, countof(names)}};

    for (size_t i = 0; i < countof(names); i++)
        rows[i] = (struct accent_sample){str_of(accents[i]), msg(rq->lang, names[i]), str_equal(chosen, str_of(accents[i]))};
    rq_page(rq, status, admin_settings, &view);
}

static void settings_page(struct request *rq)
{
    show_settings(rq, 200);
}

static void save_settings(struct request *rq)
{
    struct str organisation = form_line(rq, "organisation", 200, FORM_REQUIRED);
    struct str accent = form_choice(rq, "accent", accents, FORM_REQUIRED);

    if (!form_ok(rq)) {
        show_settings(rq, 422);
        return;
    }
    if (str_equal(accent, S("red"))) /* the style sheet's own */
        accent = S("");
    if (rq_failed(rq, rq_write(rq, installation_configure(tx, organisation, accent))))
        return;
    site_changed(rq);
    rq_done(rq, MSG_admin_saved, "/quan-tri/cai-dat");
}

/* --- a demo becomes the real thing --------------------------------------------------------------------------------- */

static void show_erase(struct request *rq, int status)
{
    struct v_admin_erase view = {0};

    if (!rq->shell.is_demo)
        rq_fail(rq, E_NOT_FOUND);
    else
        rq_page(rq, status, admin_erase, &view);
}

static void erase_page(struct request *rq)
{
    show_erase(rq, 200);
}

/* The rows are gone already; a file that would not go is only in the way, and is in the log. */
static void clear_media(struct request *rq)
{
    const char *media = site_folders(site_of(rq))->media;
    enum err e = folder_remove(media);

    if (e == OK)
        e = folder_make(media);
    if (e != OK)
        log_event(LOG_ERROR, "admin.erase", "folder=media error=%s", err_name(e));
}

static void erase(struct request *rq)
{
    struct str word = text_fold(rq->arena, form_line(rq, "word", 20, FORM_REQUIRED)), token;
    struct v_admin_erased view;

    if (word.len > 0 && !str_equal(word, S("xoa")))
        form_error(rq, "word", MSG_admin_erase_word_wrong);
    if (!form_ok(rq)) {
        show_erase(rq, 422);
        return;
    }
    if (rq_failed(rq, rq_write(rq, installation_erase(tx, &token))))
        return;
    clear_media(rq);
    site_changed(rq);
    log_event(LOG_INFO, "admin.erased", "reason=demo");
    view.link = str_format(rq->arena, "/thiet-lap/%.*s", STR_ARG(token));
    rq->shell = (struct shell){.lang = rq->shell.lang, .assets = rq->shell.assets, .name = S("bantin")};
    rq_page(rq, 200, admin_erased, &view);
    response_cookie(rq->response, SESSION_COOKIE, S("0"), -1);
}

const struct route admin_routes[] = {
    GET("/quan-tri", ACT_SYSTEM_MANAGE, home_page),
    GET("/quan-tri/cai-dat", ACT_SYSTEM_MANAGE, settings_page),
    POST("/quan-tri/cai-dat", ACT_SYSTEM_MANAGE, save_settings),
    GET("/quan-tri/xoa-du-lieu", ACT_SYSTEM_MANAGE, erase_page),
    POST("/quan-tri/xoa-du-lieu", ACT_SYSTEM_MANAGE, erase),
    GET("/tro-giup", ACT_READ, help_page),
    {0},
};
