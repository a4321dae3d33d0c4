#include "layout/layout.h"
#include "http/assets.h"

/* What stands behind "/tai-nguyen/": a script's address must begin fixed in the template. */
static struct str file_of(struct str url)
{
    struct str folder = S("/tai-nguyen/");

    return str_starts(url, folder) ? str_skip(url, folder.len) : url;
}

const struct shell_assets *layout_assets(void)
{
    static struct shell_assets assets;

    if (assets.css.len == 0)
        assets = (struct shell_assets){
            .work_css = asset_url("work.css"),
            .editor_css = asset_url("editor.css"),
            .js = file_of(asset_url("app.js")),
            .work_js = file_of(asset_url("work.js")),
            .editor_js = file_of(asset_url("editor.js")),
            .icon = asset_url("icon.svg"),
            .css = asset_url("app.css"),
        };
    return &assets;
}

void layout_canonical(struct html_out *out, struct str path)
{
    html_raw(out, (struct html){S("<link rel=\"canonical\" href=\"")});
    html_attr(out, out->base_url);
    html_attr(out, path);
    html_raw(out, (struct html){S("\">\n")});
}
