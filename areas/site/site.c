#include "site/site.h"
#include "access/access.h"
#include "base/files.h"
#include "base/log.h"
#include "web/web.h"
#include <pthread.h>

struct site {
    struct database *database;
    struct arena *arena; /* lives as long as the site */
    struct site_folders folders;
    struct web *web;
    pthread_rwlock_t lock;
    struct arena *settings_arena;
    struct site_settings settings;
};

static const char *subfolder(struct site *site, const char *name)
{
    return str_format(site->arena, "%s/%s", site->folders.data, name).ptr;
}

enum err site_open(struct database *database, const char *data, struct site **opened)
{
    struct arena *arena = arena_new(0);
    struct site *site = NEW(arena, struct site);

    site->arena = arena;
    site->database = database;
    site->folders.data = data;
    site->folders.media = subfolder(site, "media");
    site->folders.temp = subfolder(site, "temp");
    pthread_rwlock_init(&site->lock, NULL);
    enum err e = folder_make(site->folders.media);
    if (e == OK)
        e = folder_remove(site->folders.temp); /* left from a run that was cut off */
    if (e == OK)
        e = folder_make(site->folders.temp);
    if (e == OK)
        e = site_reload(site);
    if (e != OK) {
        site_close(site);
        return e;
    }
    *opened = site;
    return OK;
}

void site_close(struct site *site)
{
    if (site == NULL)
        return;
    pthread_rwlock_destroy(&site->lock);
    arena_free(site->settings_arena);
    arena_free(site->arena);
}

struct site *site_of(const struct request *rq)
{
    return web_user(rq->web);
}

const struct site_folders *site_folders(const struct site *site)
{
    return &site->folders;
}

/* The one that serves in this process, for jobs and rules, which know of no request. */
static struct web *_Atomic serving;

void site_set_web(struct site *site, struct web *web)
{
    site->web = web;
    serving = web;
}

void site_drop_pages(void)
{
    struct web *web = serving;

    if (web != NULL)
        web_cache_clear(web);
}

struct str site_base_url(const struct site *site)
{
    return site->web != NULL ? web_base_url(site->web) : S("");
}

/* --- settings ------------------------------------------------------------------------------------------------------ */

static struct str find(const struct q_setting_list_rows *all, const char *key)
{
    for (size_t i = 0; i < all->count; i++)
        if (str_equal(all->rows[i].key, str_of(key)))
            return all->rows[i].value;
    return S("");
}

static enum err read_settings(struct database *database, struct arena *a, struct site_settings *settings)
{
    struct q_setting_list_rows all;
    struct q_publication_main main = {0};
    struct db *db;

    TRY(db_reader(database, a, &db));
    TRY(q_setting_list(db, &all));
    enum err e = q_publication_main(db, &main);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    *settings = (struct site_settings){
        .organisation = find(&all, "organisation"),
        .accent = find(&all, "accent"),
        .is_demo = str_equal(find(&all, "demo"), S("yes")),
        .publication = main.id,
        .publication_code = main.code,
        .publication_name = main.name,
        .publication_subtitle = main.subtitle,
    };
    return OK;
}

static struct site_settings copy_settings(struct arena *a, const struct site_settings *from)
{
    struct site_settings to = *from;

    to.organisation = str_copy(a, from->organisation);
    to.accent = str_copy(a, from->accent);
    to.publication_code = str_copy(a, from->publication_code);
    to.publication_name = str_copy(a, from->publication_name);
    to.publication_subtitle = str_copy(a, from->publication_subtitle);
    return to;
}

enum err site_reload(struct site *site)
{
    struct arena *reading = arena_new(0), *kept = arena_new(0);
    struct site_settings settings;

    enum err e = read_settings(site->database, reading, &settings);
    if (e != OK) {
        arena_free(reading);
        arena_free(kept);
        return e;
    }
    pthread_rwlock_wrlock(&site->lock);
    struct arena *old = site->settings_arena;
    site->settings = copy_settings(kept, &settings);
    site->settings_arena = kept;
    pthread_rwlock_unlock(&site->lock);
    arena_free(old);
    arena_free(reading);
    return OK;
}

struct site_settings site_settings(struct site *site, struct arena *a)
{
    pthread_rwlock_rdlock(&site->lock);
    struct site_settings settings = copy_settings(a, &site->settings);
    pthread_rwlock_unlock(&site->lock);
    return settings;
}

void site_changed(struct request *rq)
{
    enum err e = site_reload(site_of(rq));

    if (e != OK)
        log_event(LOG_ERROR, "site.reload", "error=%s", err_name(e));
    web_cache_clear(rq->web);
}

/* --- the frame ----------------------------------------------------------------------------------------------------- */

enum { MENU_MAX = 10 };

struct menu {
    struct request *rq;
    struct shell_link *links;
    size_t count;
};

/* Of two links that lead to where one is, the nearer one is current: /quan-tri/an-pham, not /quan-tri too. */
static void keep_nearest(struct menu *m, struct shell_link *added)
{
    for (size_t i = 0; i < m->count && added->is_current; i++)
        if (m->links[i].is_current && m->links[i].url.len > added->url.len)
            added->is_current = false;
        else
            m->links[i].is_current = false;
}

static void add_link(struct menu *m, const char *url, struct str label)
{
    struct str path = m->rq->http->path, own = str_of(url);
    bool is_root = str_equal(own, S("/")) || str_equal(own, S("/toa-soan"));

    if (m->count == MENU_MAX)
        return;
    struct shell_link added = {
        .url = own,
        .label = label,
        .is_current = str_equal(path, own) || (!is_root && str_starts(path, own) &&
                                               (path.len == own.len || path.ptr[own.len] == '/')),
    };
    keep_nearest(m, &added);
    m->links[m->count++] = added;
}

static void add_public_links(struct menu *m)
{
    struct request *rq = m->rq;

    add_link(m, "/", msg(rq->lang, MSG_menu_latest));
    add_link(m, "/cac-so", msg(rq->lang, MSG_menu_issues));
    add_link(m, "/chuyen-muc", msg(rq->lang, MSG_menu_sections));
    add_link(m, "/tim-kiem", msg(rq->lang, MSG_menu_search));
    if (rq_may(rq, ACT_NEWSROOM))
        add_link(m, "/toa-soan", msg(rq->lang, MSG_menu_newsroom));
    else if (rq_may(rq, ACT_SYSTEM_MANAGE))
        add_link(m, "/quan-tri", msg(rq->lang, MSG_menu_admin));
}

static void add_work_links(struct menu *m)
{
    struct request *rq = m->rq;

    if (rq_may(rq, ACT_NEWSROOM)) {
        add_link(m, "/toa-soan", msg(rq->lang, MSG_menu_my_work));
        add_link(m, "/toa-soan/bai", msg(rq->lang, MSG_menu_articles));
    }
    if (rq_may(rq, ACT_ISSUE_SEE))
        add_link(m, "/toa-soan/so", msg(rq->lang, MSG_menu_issues_making));
    if (rq_may(rq, ACT_PUBLICATION_MANAGE))
        add_link(m, "/quan-tri/an-pham", msg(rq->lang, MSG_menu_publications));
    if (rq_may(rq, ACT_SYSTEM_MANAGE))
        add_link(m, "/quan-tri", msg(rq->lang, MSG_menu_admin));
    add_link(m, "/", msg(rq->lang, MSG_menu_read));
}

static bool is_work_path(struct str path)
{
    return str_starts(path, S("/toa-soan")) || str_starts(path, S("/quan-tri")) || str_starts(path, S("/tai-khoan"));
}

void site_fill_shell(struct request *rq, struct shell *shell, void *user)
{
    struct site_settings settings = site_settings(user, rq->arena);
    struct menu menu = {.rq = rq, .links = NEW_ARRAY(rq->arena, struct shell_link, MENU_MAX)};

    shell->organisation = settings.organisation;
    shell->name = settings.publication_name.len > 0 ? settings.publication_name : S("bantin");
    shell->accent = settings.accent;
    shell->work_home = rq_may(rq, ACT_NEWSROOM) ? S("/toa-soan") : rq_may(rq, ACT_SYSTEM_MANAGE) ? S("/quan-tri") : S("/");
    shell->is_demo = settings.is_demo;
    shell->person = rq->who->name;
    if (is_work_path(rq->http->path))
        add_work_links(&menu);
    else
        add_public_links(&menu);
    if (rq->who->person.v != 0)
        add_link(&menu, "/tai-khoan", rq->who->name);
    else
        add_link(&menu, "/dang-nhap", msg(rq->lang, MSG_menu_sign_in));
    menu.links[menu.count - 1].is_end = true;
    shell->menu = (struct v_menu){menu.links, menu.count};
}
