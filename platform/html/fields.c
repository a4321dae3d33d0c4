#include "html/fields.h"

const struct form_entry *form_entry_find(const struct form_state *form, struct str name)
{
    for (size_t i = 0; form != NULL && i < form->count; i++)
        if (str_equal(form->rows[i].name, name))
            return &form->rows[i];
    return NULL;
}

static void lit(struct html_out *out, const char *markup)
{
    buf_add_z(&out->buf, markup);
}

void html_csrf(struct html_out *out)
{
    lit(out, "<input type=\"hidden\" name=\"csrf\" value=\"");
    html_attr(out, out->csrf);
    lit(out, "\">");
}

/* --- the parts of a field ----------------------------------------------------------------------------------------- */

static struct str error_of(const struct html_out *out, const struct field *f)
{
    const struct form_entry *entry = form_entry_find(out->form, f->name);

    return entry != NULL ? entry->error : STR_NONE;
}

static struct str value_of(const struct html_out *out, const struct field *f)
{
    struct str stored = f->choices != NULL ? f->choices->chosen : f->value;

    if (out->form == NULL)
        return stored;
    const struct form_entry *entry = form_entry_find(out->form, f->name);
    return entry != NULL ? entry->value : STR_NONE;
}

static void add_attr(struct html_out *out, const char *name, struct str value)
{
    buf_add_format(&out->buf, " %s=\"", name);
    html_attr(out, value);
    lit(out, "\"");
}

static void add_number(struct html_out *out, const char *name, int64_t n)
{
    if (n != 0)
        buf_add_format(&out->buf, " %s=\"%lld\"", name, (long long)n);
}

/* id="f-title": one form with a field of a name stands on a page. */
static void add_id(struct html_out *out, const char *attr, struct str name, const char *suffix)
{
    buf_add_format(&out->buf, " %s=\"f-", attr);
    html_attr(out, name);
    buf_add_format(&out->buf, "%s\"", suffix);
}

static void add_described_by(struct html_out *out, const struct field *f)
{
    bool has_error = error_of(out, f).len > 0, has_help = f->help != MSG_NONE;

    if (!has_error && !has_help)
        return;
    lit(out, " aria-describedby=\"");
    if (has_error) {
        lit(out, "f-");
        html_attr(out, f->name);
        lit(out, has_help ? "-error " : "-error");
    }
    if (has_help) {
        lit(out, "f-");
        html_attr(out, f->name);
        lit(out, "-help");
    }
    lit(out, "\"");
}

static void add_common(struct html_out *out, const struct field *f)
{
    add_attr(out, "name", f->name);
    if (f->autocomplete.len > 0)
        add_attr(out, "autocomplete", f->autocomplete);
    lit(out, f->required ? " required" : "");
    lit(out, f->autofocus ? " autofocus" : "");
    lit(out, f->readonly ? " readonly" : "");
    lit(out, error_of(out, f).len > 0 ? " aria-invalid=\"true\"" : "");
    add_described_by(out, f);
}

static void add_label_text(struct html_out *out, const struct field *f)
{
    html_text(out, msg(out->lang, f->label));
    if (!f->required)
        return;
    lit(out, " <span class=\"required\">");
    html_text(out, msg(out->lang, MSG_field_required));
    lit(out, "</span>");
}

static void add_label(struct html_out *out, const struct field *f)
{
    lit(out, "<label");
    add_id(out, "for", f->name, "");
    lit(out, ">");
    add_label_text(out, f);
    lit(out, "</label>\n");
}

static void add_help_and_error(struct html_out *out, const struct field *f)
{
    struct str error = error_of(out, f);

    if (f->help != MSG_NONE) {
        lit(out, "<p class=\"hint\"");
        add_id(out, "id", f->name, "-help");
        lit(out, ">");
        html_text(out, msg(out->lang, f->help));
        lit(out, "</p>\n");
    }
    if (error.len > 0) {
        lit(out, "<p class=\"error\"");
        add_id(out, "id", f->name, "-error");
        lit(out, ">");
        html_text(out, error);
        lit(out, "</p>\n");
    }
}

/* --- the kinds ---------------------------------------------------------------------------------------------------- */

static void add_input(struct html_out *out, const struct field *f)
{
    static const char *const types[] = {
        [FIELD_TEXT] = "text",         [FIELD_EMAIL] = "email",
        [FIELD_TEL] = "tel",           [FIELD_URL] = "url",
        [FIELD_SEARCH] = "search",     [FIELD_NUMBER] = "number",
        [FIELD_DATE] = "date",         [FIELD_DATETIME] = "datetime-local",
        [FIELD_PASSWORD] = "password", [FIELD_FILE] = "file",
        [FIELD_HIDDEN] = "hidden",
    };

    buf_add_format(&out->buf, "<input type=\"%s\"", types[f->kind]);
    add_id(out, "id", f->name, "");
    add_common(out, f);
    add_number(out, f->kind == FIELD_NUMBER ? "min" : "minlength", f->min);
    add_number(out, f->kind == FIELD_NUMBER ? "max" : "maxlength", f->max);
    if (f->kind == FIELD_FILE && f->accept.len > 0)
        add_attr(out, "accept", f->accept);
    lit(out, f->multiple ? " multiple" : "");
    /* A password is never sent back, and a file cannot be. */
    if (f->kind != FIELD_PASSWORD && f->kind != FIELD_FILE)
        add_attr(out, "value", value_of(out, f));
    lit(out, ">\n");
}

static void add_textarea(struct html_out *out, const struct field *f)
{
    lit(out, "<textarea");
    add_id(out, "id", f->name, "");
    add_common(out, f);
    add_number(out, "rows", f->rows != 0 ? f->rows : 6);
    add_number(out, "maxlength", f->max);
    lit(out, ">\n"); /* this line end is dropped by the browser, so that the text keeps its own */
    html_text(out, value_of(out, f));
    lit(out, "</textarea>\n");
}

static bool is_chosen(const struct html_out *out, const struct field *f, struct str value)
{
    if (!f->multiple || out->form == NULL)
        return str_equal(value, value_of(out, f));
    for (size_t i = 0; i < out->form->count; i++)
        if (str_equal(out->form->rows[i].name, f->name) && str_equal(out->form->rows[i].value, value))
            return true;
    return false;
}

static void add_select(struct html_out *out, const struct field *f)
{
    lit(out, "<select");
    add_id(out, "id", f->name, "");
    add_common(out, f);
    lit(out, f->multiple ? " multiple>\n" : ">\n");
    if (!f->multiple && !(f->required && f->choices->chosen.len > 0)) {
        lit(out, "<option value=\"\">");
        html_text(out, msg(out->lang, MSG_field_choose));
        lit(out, "</option>\n");
    }
    for (size_t i = 0; i < f->choices->count; i++) {
        const struct choice *c = &f->choices->rows[i];
        lit(out, "<option");
        add_attr(out, "value", c->value);
        lit(out, is_chosen(out, f, c->value) ? " selected>" : ">");
        html_text(out, c->label);
        lit(out, "</option>\n");
    }
    lit(out, "</select>\n");
}

static void add_radio(struct html_out *out, const struct field *f)
{
    lit(out, "<fieldset");
    add_id(out, "id", f->name, "");
    add_described_by(out, f);
    lit(out, ">\n<legend>");
    add_label_text(out, f);
    lit(out, "</legend>\n");
    for (size_t i = 0; i < f->choices->count; i++) {
        const struct choice *c = &f->choices->rows[i];
        lit(out, "<label class=\"check\"><input type=\"radio\"");
        add_attr(out, "name", f->name);
        add_attr(out, "value", c->value);
        lit(out, f->required ? " required" : "");
        lit(out, is_chosen(out, f, c->value) ? " checked> " : "> ");
        html_text(out, c->label);
        lit(out, "</label>\n");
    }
    lit(out, "</fieldset>\n");
}

static void add_checkbox(struct html_out *out, const struct field *f)
{
    bool checked = out->form == NULL ? f->checked : value_of(out, f).len > 0;

    lit(out, "<label class=\"check\"><input type=\"checkbox\"");
    add_id(out, "id", f->name, "");
    add_common(out, f);
    lit(out, " value=\"1\"");
    lit(out, checked ? " checked> " : "> ");
    add_label_text(out, f);
    lit(out, "</label>\n");
}

void html_field(struct html_out *out, const struct field *f)
{
    if (f->kind == FIELD_HIDDEN) {
        add_input(out, f);
        return;
    }
    lit(out, error_of(out, f).len > 0 ? "<div class=\"field bad\">\n" : "<div class=\"field\">\n");
    if (f->kind != FIELD_RADIO && f->kind != FIELD_CHECKBOX)
        add_label(out, f);
    switch (f->kind) {
    case FIELD_TEXTAREA:
        add_textarea(out, f);
        break;
    case FIELD_SELECT:
        add_select(out, f);
        break;
    case FIELD_RADIO:
        add_radio(out, f);
        break;
    case FIELD_CHECKBOX:
        add_checkbox(out, f);
        break;
    default:
        add_input(out, f);
        break;
    }
    add_help_and_error(out, f);
    lit(out, "</div>\n");
}
