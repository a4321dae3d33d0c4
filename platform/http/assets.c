#include "http/assets.h"
#include "base/log.h"

static const struct asset *assets;
static size_t n_assets;

void assets_use(const struct asset *list, size_t n)
{
    assets = list;
    n_assets = n;
}

const struct asset *assets_all(size_t *n)
{
    *n = n_assets;
    return assets;
}

static int by_name(const void *name, const void *asset)
{
    return strcmp(name, ((const struct asset *)asset)->name);
}

const struct asset *asset_named(const char *name)
{
    return n_assets > 0 ? bsearch(name, assets, n_assets, sizeof *assets, by_name) : NULL;
}

struct str asset_url(const char *name)
{
    const struct asset *asset = asset_named(name);

    if (asset != NULL)
        return str_of(asset->url);
    log_event(LOG_ERROR, "asset.missing", "name=%s", name);
    return S("/tai-nguyen/khong-co");
}

/* "/tai-nguyen/" DIR NAME "." HASH "." EXTENSION: the name is found by cutting the hash out again. */
const struct asset *asset_at(struct str path)
{
    char name[256];
    size_t prefix = sizeof "/tai-nguyen/" - 1, hash = 0, dots = 0, end = path.len;

    if (!str_starts(path, S("/tai-nguyen/")) || path.len - prefix >= sizeof name)
        return NULL;
    for (size_t i = path.len; i > prefix && path.ptr[i - 1] != '/'; i--)
        if (path.ptr[i - 1] == '.') {
            if (++dots == 1)
                end = i - 1;
            else if (dots == 2)
                hash = i - 1;
        }
    if (dots < 2)
        return NULL;
    snprintf(name, sizeof name, "%.*s%.*s", (int)(hash - prefix), path.ptr + prefix, (int)(path.len - end),
             path.ptr + end);
    const struct asset *asset = asset_named(name);
    return asset != NULL && str_equal(str_of(asset->url), path) ? asset : NULL;
}
