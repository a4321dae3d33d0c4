#include "publication/publication.h"
#include "access/access.h"
#include "auth/audit.h"
#include "text/text.h"

const char *const default_sections[] = {
    "Tin tức", "Nghiên cứu – Trao đổi", "Kinh nghiệm từ cơ sở", "Gương sáng đảng viên", "Hỏi – đáp", "Tư liệu", NULL,
};

static enum err may(struct tx *tx)
{
    return permission_check(tx->who, ACT_PUBLICATION_MANAGE, false);
}

static struct str or_empty(struct str s)
{
    return s.ptr != NULL ? s : S("");
}

bool publication_code_is_valid(struct str code)
{
    if (code.len == 0 || code.len > PUBLICATION_CODE_MAX || code.ptr[0] == '-')
        return false;
    for (size_t i = 0; i < code.len; i++) {
        char c = code.ptr[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && c != '-')
            return false;
    }
    return true;
}

static bool facts_hold(const struct publication_facts *facts)
{
    return facts->name.len > 0 && publication_code_is_valid(facts->code) && facts->print_run >= 0;
}

static struct str format_of(const struct publication_facts *facts)
{
    return facts->page_format.len > 0 ? facts->page_format : S("a4");
}

/* The first one is the main one whatever was said. */
static enum err settle_main(struct tx *tx, struct publication_id id, bool wants_main)
{
    struct q_publication_mains mains;

    TRY(q_publication_mains(tx->db, &mains));
    return wants_main || mains.mains == 0 ? q_publication_set_main(tx, id) : OK;
}

enum err publication_make(struct tx *tx, const struct publication_facts *facts, struct publication_id *id)
{
    struct publication_id made;

    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(q_publication_add(tx, facts->code, facts->name, text_fold(tx->arena, facts->name), or_empty(facts->subtitle),
                          or_empty(facts->organisation), facts->unit, format_of(facts), or_empty(facts->licence),
                          or_empty(facts->editor_name), or_empty(facts->printer), facts->print_run, or_empty(facts->address),
                          tx->now, &made));
    TRY(settle_main(tx, made, facts->is_main));
    TRY(audit(tx, "publication.made", "publication", made.v, facts->name));
    *id = made;
    return OK;
}

static enum err add_default_sections(struct tx *tx, struct publication_id publication)
{
    struct section_id id;

    for (size_t i = 0; default_sections[i] != NULL; i++)
        TRY(section_add(tx, publication, str_of(default_sections[i]), 0, 0, &id));
    return OK;
}

enum err publication_ensure(struct tx *tx, struct str code, struct str name, struct publication_id *id)
{
    struct q_publication_by_code found;
    struct publication_id made;

    enum err e = q_publication_by_code(tx->db, code, &found);
    if (e == OK)
        *id = found.id;
    if (e != E_NOT_FOUND)
        return e;
    TRY(publication_make(tx, &(struct publication_facts){.code = code, .name = name}, &made));
    TRY(add_default_sections(tx, made));
    *id = made;
    return OK;
}

enum err publication_change(struct tx *tx, struct publication_id id, const struct publication_facts *facts)
{
    TRY(may(tx));
    if (!facts_hold(facts))
        return E_INVALID;
    TRY(q_publication_set(tx, id, facts->code, facts->name, text_fold(tx->arena, facts->name), or_empty(facts->subtitle),
                          or_empty(facts->organisation), facts->unit, format_of(facts), or_empty(facts->licence),
                          or_empty(facts->editor_name), or_empty(facts->printer), facts->print_run,
                          or_empty(facts->address)));
    TRY(settle_main(tx, id, facts->is_main));
    return audit(tx, "publication.changed", "publication", id.v, facts->name);
}

enum err publication_archive(struct tx *tx, struct publication_id id, bool is_archived)
{
    struct q_publication_one publication;

    TRY(may(tx));
    TRY(q_publication_one(tx->db, id, &publication));
    if (is_archived && publication.is_main)
        return E_INVALID;
    TRY(q_publication_set_archived(tx, id, is_archived ? tx->now : 0));
    return audit(tx, is_archived ? "publication.archived" : "publication.restored", "publication", id.v, STR_NONE);
}

/* --- sections ------------------------------------------------------------------------------------------------------ */

static enum err free_slug(struct tx *tx, struct publication_id publication, struct str name, struct str *slug)
{
    struct str wish = text_slug(tx->arena, name);
    struct q_section_slugs slugs;

    if (wish.len == 0)
        wish = S("muc");
    *slug = wish;
    for (int i = 2;; i++) {
        TRY(q_section_slugs(tx->db, publication, *slug, &slugs));
        if (slugs.taken == 0)
            return OK;
        *slug = str_format(tx->arena, "%.*s-%d", STR_ARG(wish), i);
    }
}

static bool items_hold(struct str name, int64_t min_items, int64_t max_items)
{
    return name.len > 0 && min_items >= 0 && max_items >= 0 && (max_items == 0 || min_items <= max_items);
}

enum err section_add(struct tx *tx, struct publication_id publication, struct str name, int64_t min_items, int64_t max_items,
                     struct section_id *id)
{
    struct q_section_last last;
    struct section_id added;
    struct str slug;

    TRY(may(tx));
    if (!items_hold(name, min_items, max_items))
        return E_INVALID;
    TRY(free_slug(tx, publication, name, &slug));
    TRY(q_section_last(tx->db, publication, &last));
    TRY(q_section_add(tx, publication, name, slug, last.position + 1, min_items, max_items, &added));
    TRY(audit(tx, "section.added", "section", added.v, name));
    *id = added;
    return OK;
}

/* The address of a section stays when its name changes. */
enum err section_change(struct tx *tx, struct section_id id, struct str name, int64_t min_items, int64_t max_items)
{
    TRY(may(tx));
    if (!items_hold(name, min_items, max_items))
        return E_INVALID;
    TRY(q_section_set(tx, id, name, min_items, max_items));
    return audit(tx, "section.changed", "section", id.v, name);
}

enum err section_archive(struct tx *tx, struct section_id id, bool is_archived)
{
    TRY(may(tx));
    TRY(q_section_set_archived(tx, id, is_archived ? tx->now : 0));
    return audit(tx, is_archived ? "section.archived" : "section.restored", "section", id.v, STR_NONE);
}

static bool is_among(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

enum err section_order(struct tx *tx, struct publication_id publication, const int64_t *ids, size_t count)
{
    struct q_section_list_rows all;
    int64_t position = 0;

    TRY(may(tx));
    if (count > SECTIONS_MAX)
        return E_INVALID;
    TRY(q_section_list(tx->db, publication, &all));
    for (size_t i = 0; i < count; i++)
        TRY(q_section_set_position(tx, (struct section_id){ids[i]}, publication, ++position));
    for (size_t i = 0; i < all.count; i++)
        if (!is_among(ids, count, all.rows[i].id.v))
            TRY(q_section_set_position(tx, all.rows[i].id, publication, ++position));
    return audit(tx, "section.ordered", "publication", publication.v, STR_NONE);
}

enum err section_shift(struct tx *tx, struct section_id id, int by)
{
    struct q_section_one section;
    struct q_section_list_rows all;
    int64_t ids[SECTIONS_MAX];
    size_t count = 0, at = 0;

    TRY(q_section_one(tx->db, id, &section));
    TRY(q_section_list(tx->db, section.publication_id, &all));
    for (size_t i = 0; i < all.count && count < SECTIONS_MAX; i++)
        if (all.rows[i].archived_at == 0) {
            if (all.rows[i].id.v == id.v)
                at = count;
            ids[count++] = all.rows[i].id.v;
        }
    if ((by < 0 && at == 0) || (by > 0 && at + 1 >= count))
        return OK;
    size_t other = by < 0 ? at - 1 : at + 1;
    ids[at] = ids[other];
    ids[other] = id.v;
    return section_order(tx, section.publication_id, ids, count);
}
