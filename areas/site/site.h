/* What the whole installation shares: its folders, its name, its main publication, and the frame of every page.
 *
 * One `struct site` a process, made by `bantin serve` (or by a test) and living as long as it. Any thread; what
 * site_settings gives is copied into the caller's arena. */
#ifndef BANTIN_SITE_H
#define BANTIN_SITE_H

#include "site/site_sql.h"
#include "web/request.h"

struct site;

struct site_folders {
    const char *data;  /* of the installation */
    const char *media; /* originals and their sizes, by hash */
    const char *temp;  /* uploads and conversions while they last */
};

struct site_settings {
    struct str organisation; /* "Tỉnh ủy …"; empty before the installation was set up */
    struct str accent;       /* "", "blue", "green", "violet", "brown" */
    bool is_demo;
    struct publication_id publication; /* the main one; 0: none yet */
    struct str publication_code, publication_name, publication_subtitle;
};

/* Makes the folders; E_FULL, E_DENIED. `data` lives as long as the site. */
enum err site_open(struct database *database, const char *data, struct site **site);
void site_close(struct site *site);

struct site *site_of(const struct request *rq);
const struct site_folders *site_folders(const struct site *site);
struct site_settings site_settings(struct site *site, struct arena *a);
/* Reads them again: after a change was kept. */
enum err site_reload(struct site *site);

/* Everything readers see may have changed: cached pages are dropped, settings read again. Call after a kept write. */
void site_changed(struct request *rq);

/* Drops every kept page of this process: what readers see has changed. Any thread. */
void site_drop_pages(void);

/* The web server of this site, once it runs; jobs use it to drop cached pages. */
void site_set_web(struct site *site, struct web *web);
/* The address the world knows it by; empty where no server runs, as in a command. */
struct str site_base_url(const struct site *site);

/* web_config.fill_shell: names and menus, by role. */
void site_fill_shell(struct request *rq, struct shell *shell, void *user);
#endif
