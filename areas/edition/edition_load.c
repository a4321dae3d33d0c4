#include "article/authors.h"
#include "edition/edition.h"
#include "html/body.h"
#include "media/media_store.h"
#include "reader/reader.h"
#include "text/date.h"

enum { DAY_SECONDS = 24 * 3600 };

/* --- words, colour, pictures --------------------------------------------------------------------------------------- */

static struct press_words words_in(enum lang lang)
{
    return (struct press_words){
        .contents = msg(lang, MSG_edition_contents),
        .questions = msg(lang, MSG_edition_questions),
        .read_aloud = msg(lang, MSG_edition_read_aloud),
        .photo = msg(lang, MSG_edition_photo),
        .notes = msg(lang, MSG_edition_notes),
        .note = msg(lang, MSG_edition_note),
        .back = msg(lang, MSG_edition_back),
        .table = msg(lang, MSG_edition_table),
        .page = msg(lang, MSG_edition_page),
        .cover = msg(lang, MSG_edition_cover),
        .imprint = msg(lang, MSG_edition_imprint),
        .sound = msg(lang, MSG_edition_sound),
        .video = msg(lang, MSG_edition_video),
        .missing = msg(lang, MSG_edition_missing),
        .hash = msg(lang, MSG_edition_hash),
    };
}

/* The colours of assets/app.css, as ink on paper. */
static struct str ink_of(struct str accent)
{
    static const struct {
        const char *name, *ink;
    } inks[] = {{"blue", "#1d4f86"}, {"green", "#1f6144"}, {"violet", "#5b3a86"}, {"brown", "#7a4518"}};

    for (size_t i = 0; i < countof(inks); i++)
        if (str_equal(accent, str_of(inks[i].name)))
            return str_of(inks[i].ink);
    return S("#9b1c21");
}

struct picture_source {
    struct db *db;
    const char *folder;
};

/* Only renditions are printed: an original may know where it was taken. A drawing is there as PNG. */
static enum err find_rendition(const struct picture_source *source, struct arena *a, struct str hash, const char **path,
                               struct str *mime)
{
    static const char *const names[] = {"print.png", "print.jpeg", "w1600.jpeg", "w960.jpeg", "w480.jpeg"};

    for (size_t i = 0; i < countof(names); i++)
        if (media_store_find(a, source->folder, hash, names[i], path) == OK) {
            *mime = i == 0 ? S("image/png") : S("image/jpeg");
            return OK;
        }
    return E_NOT_FOUND;
}

static enum err find_picture(void *context, struct arena *a, struct str hash, struct press_picture *picture)
{
    const struct picture_source *source = context;
    struct q_edition_picture size;
    const char *path;
    struct str mime;

    TRY(q_edition_picture(source->db, hash, &size));
    if (size.width <= 0 || size.height <= 0)
        return E_NOT_FOUND;
    TRY(find_rendition(source, a, hash, &path, &mime));
    *picture = (struct press_picture){.path = path, .width = (int)size.width, .height = (int)size.height, .mime = mime};
    return OK;
}

/* --- front matter -------------------------------------------------------------------------------------------------- */

/* Plain text to a tree: a blank line parts paragraphs. */
static const struct body_node *editorial_of(struct arena *a, struct str text)
{
    struct body_node *doc = body_new(a, BODY_DOC);

    while (text.len > 0) {
        size_t end = str_find(text, S("\n\n"), 0);
        struct str one = str_trim(str_sub(text, 0, end));
        if (one.len > 0)
            body_add_text(a, body_add(doc, body_new(a, BODY_PARAGRAPH)), str_replace(a, one, S("\n"), S(" ")), 0, STR_NONE);
        text = end == SIZE_MAX ? STR_NONE : str_skip(text, end + 2);
    }
    return doc->first != NULL ? doc : NULL;
}

static void add_line(struct press_issue *press, struct press_line *lines, struct str label, struct str text)
{
    if (text.len > 0)
        lines[press->n_imprint++] = (struct press_line){label, text};
}

static void add_imprint(struct arena *a, const struct edition_place *place, const struct q_issue_whole *issue,
                        bool is_narrow, struct press_issue *press)
{
    struct press_line *lines = NEW_ARRAY(a, struct press_line, 8);
    enum lang lang = place->lang;

    press->imprint = lines;
    add_line(press, lines, msg(lang, MSG_edition_publisher), issue->organisation);
    add_line(press, lines, msg(lang, MSG_edition_editor), issue->editor_name);
    add_line(press, lines, msg(lang, MSG_edition_licence), issue->licence);
    add_line(press, lines, msg(lang, MSG_edition_printer), issue->printer);
    if (issue->print_run > 0)
        add_line(press, lines, msg(lang, MSG_edition_print_run),
                 T(a, lang, MSG_edition_copies, ARG("n", issue->print_run)));
    add_line(press, lines, msg(lang, MSG_edition_address), issue->address);
    if (is_narrow)
        add_line(press, lines, msg(lang, MSG_edition_for), msg(lang, MSG_edition_for_members));
}

static struct text_date day_of(struct str date)
{
    int64_t year, month, day;

    if (str_to_int(str_sub(date, 0, 4), &year) != OK || str_to_int(str_sub(date, 5, 2), &month) != OK ||
        str_to_int(str_sub(date, 8, 2), &day) != OK)
        return (struct text_date){1970, 1, 1};
    return (struct text_date){(int)year, (int)month, (int)day};
}

static struct press_issue front_of(struct arena *a, const struct edition_place *place, const struct q_issue_whole *issue)
{
    struct text_date day = day_of(issue->date);
    enum lang lang = place->lang;

    return (struct press_issue){
        .publication = issue->publication_name,
        .organisation = issue->organisation,
        .motto = issue->publication_subtitle,
        .title = issue->title,
        .number = (int)issue->number,
        .year = (int)issue->year,
        .label = T(a, lang, MSG_edition_label, ARG("number", issue->number), ARG("year", issue->year)),
        .date_text = T(a, lang, MSG_edition_month, ARG("month", day.month), ARG("year", day.year)),
        .date = text_date_days(day) * DAY_SECONDS,
        .cover = issue->cover,
        .accent = ink_of(place->accent),
        .editorial_title = msg(lang, MSG_edition_editorial),
        .editorial = editorial_of(a, issue->editorial),
        .lang = lang_code(lang),
        .base_url = str_of(place->base_url),
        .words = words_in(lang),
    };
}

/* --- contents ------------------------------------------------------------------------------------------------------ */

static void add_questions(struct arena *a, const struct q_issue_questions_rows *all, struct issue_item_id item,
                          struct press_item *to)
{
    struct str *questions = NEW_ARRAY(a, struct str, all->count + 1);

    for (size_t i = 0; i < all->count; i++)
        if (all->rows[i].item_id.v == item.v)
            questions[to->n_questions++] = all->rows[i].text;
    to->questions = questions;
}

static enum err item_of(struct arena *a, const struct q_edition_items *row, const struct q_issue_questions_rows *questions,
                        struct press_item *item)
{
    struct body_node *body;

    TRY(body_of_json(a, row->body, &body));
    *item = (struct press_item){
        .kicker = row->kicker, .title = row->title, .standfirst = row->standfirst, .unit = row->unit_name,
        .authors = authors_names(a, row->authors), .read_aloud = row->is_read_aloud, .body = body,
        .permalink = row->public_id.v != 0 ? reader_article_url(a, row->slug, row->article_id) : STR_NONE,
    };
    add_questions(a, questions, row->id, item);
    return OK;
}

/* The questions that belong to the whole issue stand behind its last article. */
static bool last_item(struct arena *a, enum lang lang, const struct q_issue_questions_rows *questions,
                      struct press_item *item)
{
    *item = (struct press_item){.title = msg(lang, MSG_edition_issue_questions), .body = body_new(a, BODY_DOC)};
    add_questions(a, questions, (struct issue_item_id){0}, item);
    return item->n_questions > 0;
}

static void add_to_section(struct press_issue *press, struct press_section *sections, struct str name,
                           const struct press_item *item)
{
    if (press->n_sections == 0 || !str_equal(sections[press->n_sections - 1].name, name))
        sections[press->n_sections++] = (struct press_section){.name = name, .items = item};
    sections[press->n_sections - 1].n_items++;
}

static enum err add_contents(struct db *db, enum lang lang, const struct q_edition_items_rows *rows,
                             const struct q_issue_questions_rows *questions, struct edition_issue *to)
{
    struct press_item *items = NEW_ARRAY(db->arena, struct press_item, rows->count + 1);
    struct press_section *sections = NEW_ARRAY(db->arena, struct press_section, rows->count + 1);
    struct article_id *articles = NEW_ARRAY(db->arena, struct article_id, rows->count + 1);

    to->press.sections = sections;
    for (size_t i = 0; i < rows->count; i++) {
        TRY(item_of(db->arena, &rows->rows[i], questions, &items[i]));
        articles[i] = rows->rows[i].article_id;
        to->is_narrow |= !str_equal(rows->rows[i].visibility, S("public"));
        add_to_section(&to->press, sections, rows->rows[i].section_name, &items[i]);
    }
    to->articles = articles;
    to->count = rows->count;
    if (rows->count > 0 && last_item(db->arena, lang, questions, &items[rows->count]))
        add_to_section(&to->press, sections, items[rows->count].title, &items[rows->count]);
    return OK;
}

enum err edition_load(struct db *db, const struct edition_place *place, struct issue_id id, int audience,
                      struct edition_issue *to)
{
    struct q_issue_whole issue;
    struct q_edition_items_rows items;
    struct q_issue_questions_rows questions;
    struct edition_issue made = {0};
    bool holds = true;

    TRY(q_issue_whole(db, id, &issue));
    bool is_public = str_equal(issue.state, S("published"));
    TRY(q_edition_items(db, id, !is_public, audience, (struct person_id){0}, 0, &items));
    TRY(q_issue_questions(db, id, &questions));
    if (!is_public)
        TRY(issue_approval_holds(db, id, &holds));
    made.press = front_of(db->arena, place, &issue);
    TRY(issue_hash(db, id, &made.press.hash));
    TRY(add_contents(db, place->lang, &items, &questions, &made));
    add_imprint(db->arena, place, &issue, made.is_narrow, &made.press);
    if (!holds)
        made.press.mark = msg(place->lang, MSG_edition_not_approved);
    struct picture_source *source = NEW(db->arena, struct picture_source);
    *source = (struct picture_source){db, place->media};
    made.press.media = (struct press_media){find_picture, source};
    *to = made;
    return OK;
}
