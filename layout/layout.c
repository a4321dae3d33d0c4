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
            .css = asset_url("app.css"),
        };
    return &assets;
}

/* Inside the page: a browser asks for an icon of its own on every first view, and the budget counts requests. */
void layout_icon(struct html_out *out)
{
    html_raw(out,
             (struct html){S(
                 "<link rel=\"icon\" type=\"image/svg+xml\" href=\"data:image/svg+xml,"
                 "%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect width='32' height='32' rx='5"
                 "' fill='%239b1c22'/%3E%3Cpath d='M8 8h16v2.6H8zm0 6h16v2.2H8zm0 4.6h16v2.2H8zm0 4.6h10v2.2H8z' fill="
                 "'%23fff'/%3E%3C/svg%3E"
                 "\">\n")});
}

void layout_canonical(struct html_out *out, struct str path)
{
    html_raw(out, (struct html){S("<link rel=\"canonical\" href=\"")});
    html_attr(out, out->base_url);
    html_attr(out, path);
    html_raw(out, (struct html){S("\">\n")});
}
