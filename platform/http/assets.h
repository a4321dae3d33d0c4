/* Style sheets, scripts, fonts and pictures, compiled into the program by tools/assetgen.c with the hash of their
 * content in their address, so browsers may keep them for ever: `/tai-nguyen/app.3f29c1d0a4b7.css`. All is constant
 * data: nothing is freed, any thread. The server answers these addresses itself. */
#ifndef BANTIN_ASSETS_H
#define BANTIN_ASSETS_H

#include "base/base.h"

struct asset {
    const char *name;            /* as in the folder: "app.css", "fonts/serif.woff2" */
    const char *url;
    const char *type;
    struct str content, gzip, brotli;     /* the compressed ones are none where they save nothing */
};

/* The table of the program, sorted by name; what assetgen writes calls this before main. */
void assets_use(const struct asset *list, size_t n);
const struct asset *assets_all(size_t *n);

/* Its address. An unknown name is a mistake in the program: logged, and the address then answers 404. */
struct str asset_url(const char *name);
const struct asset *asset_named(const char *name);          /* for what must stand at an address of its own: sw.js */
const struct asset *asset_at(struct str path);              /* by its address; NULL where there is none */
#endif
