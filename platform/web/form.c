#include "web/form.h"
#include "text/date.h"
#include "text/date.h"
#include "text/text.h"

/* Every field declared so far, with what was typed and what is wrong with it: what the page shows again. */
static struct form_entry *declare(struct request *rq, const char *name)
{
    struct form_entry *entries = rq->form_entries;

    if (rq->form.count == rq->form_cap) {
        size_t cap = rq->form_cap != 0 ? 2 * rq->form_cap : 16;
        entries = arena_grow(rq->arena, entries, rq->form_cap * sizeof *entries, cap * sizeof *entries);
        rq->form_entries = entries;
        rq->form_cap = cap;
        rq->form.rows = entries;
    }
    struct form_entry *entry = &entries[rq->form.count++];
    *entry = (struct form_entry){.name = str_of(name), .value = http_form(rq->http, name)};
    return entry;
}

static void set_error(struct request *rq, struct form_entry *entry, enum msg message)
{
    if (entry->error.len == 0)
        entry->error = msg(rq->lang, message);
    rq->form_has_errors = true;
}

static size_t count_characters(struct str s)
{
    size_t n = 0;

    for (size_t at = 0; at < s.len; n++)
        str_next_code(s, &at);
    return n;
}

static void check_length(struct request *rq, struct form_entry *entry, struct str value, size_t max, int required)
{
    if (required && value.len == 0)
        set_error(rq, entry, MSG_form_required);
    else if (count_characters(value) > max)
        set_error(rq, entry, MSG_form_too_long);
}

static struct str without_controls(struct arena *a, struct str s, bool keep_lines)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '\r')
            continue;
        if (c == '\n' && keep_lines)
            buf_add_char(&b, '\n');
        else
            buf_add_char(&b, c < ' ' || c == 0x7f ? ' ' : (char)c);
    }
    return buf_str(&b);
}

struct str form_line(struct request *rq, const char *name, size_t max, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = str_trim(text_nfc(rq->arena, without_controls(rq->arena, entry->value, false)));

    check_length(rq, entry, value, max, required);
    return value;
}

struct str form_text(struct request *rq, const char *name, size_t max, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = str_trim(text_nfc(rq->arena, without_controls(rq->arena, entry->value, true)));

    check_length(rq, entry, value, max, required);
    return value;
}

struct str form_secret(struct request *rq, const char *name, size_t max, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = text_nfc(rq->arena, entry->value);

    check_length(rq, entry, value, max, required);
    entry->value = STR_NONE; /* a password is not shown again */
    return value;
}

int64_t form_int(struct request *rq, const char *name, int64_t least, int64_t most, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = str_trim(entry->value);
    int64_t n = 0;

    if (value.len == 0) {
        if (required)
            set_error(rq, entry, MSG_form_required);
        return 0;
    }
    if (str_to_int(value, &n) != OK)
        set_error(rq, entry, MSG_form_not_a_number);
    else if (n < least || n > most)
        set_error(rq, entry, MSG_form_out_of_range);
    return n;
}

bool form_checked(struct request *rq, const char *name)
{
    return declare(rq, name)->value.len > 0;
}

struct str form_choice(struct request *rq, const char *name, const char *const *words, int required)
{
    struct form_entry *entry = declare(rq, name);

    if (entry->value.len == 0) {
        if (required)
            set_error(rq, entry, MSG_form_required);
        return STR_NONE;
    }
    for (size_t i = 0; words[i] != NULL; i++)
        if (str_equal(entry->value, str_of(words[i])))
            return entry->value;
    set_error(rq, entry, MSG_form_not_a_choice);
    return STR_NONE;
}

/* "2026-03-25", as date fields send it. */
static enum err date_of_iso(struct str s, struct text_date *day)
{
    int64_t year, month, date;
    struct text_date d;

    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-')
        return E_INVALID;
    TRY(str_to_int(str_sub(s, 0, 4), &year));
    TRY(str_to_int(str_sub(s, 5, 2), &month));
    TRY(str_to_int(str_sub(s, 8, 2), &date));
    d = (struct text_date){(int)year, (int)month, (int)date};
    if (!text_date_is_valid(d))
        return E_INVALID;
    *day = d;
    return OK;
}

struct str form_date(struct request *rq, const char *name, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = str_trim(entry->value);
    struct text_date d;

    if (value.len == 0) {
        if (required)
            set_error(rq, entry, MSG_form_required);
        return STR_NONE;
    }
    if (date_of_iso(value, &d) != OK && text_date_parse(value, &d) != OK) {
        set_error(rq, entry, MSG_form_not_a_date);
        return STR_NONE;
    }
    return str_format(rq->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static bool day_of_iso(struct str s, struct text_date *day)
{
    int64_t year, month, date;

    if (s.len != 10 || s.ptr[4] != '-' || s.ptr[7] != '-' || str_to_int(str_sub(s, 0, 4), &year) != OK ||
        str_to_int(str_sub(s, 5, 2), &month) != OK || str_to_int(str_sub(s, 8, 2), &date) != OK)
        return false;
    *day = (struct text_date){(int)year, (int)month, (int)date};
    return text_date_is_valid(*day);
}

int64_t form_day(struct request *rq, const char *name, int required)
{
    struct form_entry *entry = declare(rq, name);
    struct str value = str_trim(entry->value);
    struct text_date day;

    if (value.len == 0) {
        if (required)
            set_error(rq, entry, MSG_form_required);
        return 0;
    }
    /* Without a date picker people write 25/03/2026. */
    if (!day_of_iso(value, &day) && text_date_parse(value, &day) != OK) {
        set_error(rq, entry, MSG_form_not_a_day);
        return 0;
    }
    return text_moment_utc((struct text_moment){.date = day});
}

int64_t form_id(struct request *rq, const char *name, int required)
{
    return form_int(rq, name, 0, INT64_MAX, required);
}

size_t form_ids(struct request *rq, const char *name, int64_t **ids)
{
    const struct http_pairs *all = &rq->http->form;
    int64_t *list = NEW_ARRAY(rq->arena, int64_t, all->n + 1);
    size_t n = 0;

    form_known(rq, name);
    for (size_t i = 0; i < all->n; i++)
        if (str_equal(all->list[i].name, str_of(name)) && str_to_int(all->list[i].value, &list[n]) == OK && list[n] > 0)
            n++;
    *ids = list;
    return n;
}

void form_known(struct request *rq, const char *name)
{
    declare(rq, name);
}

void form_error(struct request *rq, const char *name, enum msg message)
{
    for (size_t i = 0; i < rq->form.count; i++)
        if (str_equal(rq->form_entries[i].name, str_of(name))) {
            set_error(rq, &rq->form_entries[i], message);
            return;
        }
    set_error(rq, declare(rq, name), message);
}

static bool is_declared(const struct request *rq, struct str name)
{
    if (str_equal(name, S("csrf")))
        return true;
    for (size_t i = 0; i < rq->form.count; i++)
        if (str_equal(rq->form.rows[i].name, name))
            return true;
    return false;
}

bool form_ok(struct request *rq)
{
    for (size_t i = 0; i < rq->http->form.n; i++)
        if (!is_declared(rq, rq->http->form.list[i].name)) {
            rq->form_is_foreign = true;
            return false;
        }
    return !rq->form_has_errors;
}
