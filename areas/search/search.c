#include "search/search.h"
#include "article/authors.h"
#include "text/text.h"

/* --- the words ------------------------------------------------------------------------------------------------------ */

struct collecting {
    struct arena *arena;
    struct search_terms *terms;
};

static int collect_term(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    struct collecting *c = arg;

    (void)start, (void)end;
    c->terms->exact[c->terms->count] = str_copy(c->arena, exact);
    c->terms->folded[c->terms->count] = str_copy(c->arena, folded);
    return ++c->terms->count == SEARCH_WORDS_MAX;
}

struct search_terms search_terms_of(struct arena *a, struct str typed)
{
    struct search_terms terms = {.count = 0};
    struct collecting c = {a, &terms};

    if (typed.len > SEARCH_QUERY_MAX * 4)
        typed.len = SEARCH_QUERY_MAX * 4;
    text_tokens(text_nfc(a, typed), collect_term, &c);
    return terms;
}

static struct str term(const struct search_terms *terms, size_t i, enum search_way way)
{
    return way == SEARCH_FOLDED ? terms->folded[i] : terms->exact[i];
}

struct str search_fts_expression(struct arena *a, const struct search_terms *terms, enum search_way way)
{
    struct buf b = buf_in(a);
    const char *between = way == SEARCH_PHRASE ? " " : "\" \"";

    buf_add_char(&b, '"');
    for (size_t i = 0; i < terms->count; i++) {
        if (i > 0)
            buf_add_z(&b, between);
        buf_add(&b, term(terms, i, way));
    }
    buf_add_char(&b, '"');
    return buf_str(&b);
}

static void add_gram(struct buf *b, struct str one, struct str two)
{
    if (b->len > 0)
        buf_add_char(b, ' ');
    buf_add(b, one);
    if (two.len > 0) {
        buf_add_char(b, '_');
        buf_add(b, two);
    }
}

/* A pair is in the index as both exact or both folded; typed half and half, its words are asked one by one. */
static bool is_pair(const struct search_terms *t, size_t i)
{
    bool first_plain = str_equal(t->exact[i], t->folded[i]), second_plain = str_equal(t->exact[i + 1], t->folded[i + 1]);

    return first_plain == second_plain;
}

struct str search_grams(struct arena *a, const struct search_terms *terms, enum search_way way)
{
    struct buf b = buf_in(a);

    for (size_t i = 0; i < terms->count; i++) {
        add_gram(&b, term(terms, i, way), STR_NONE);
        if (way == SEARCH_PHRASE && i + 1 < terms->count && is_pair(terms, i))
            add_gram(&b, term(terms, i, way), term(terms, i + 1, way));
    }
    return buf_str(&b);
}

/* --- the index ------------------------------------------------------------------------------------------------------ */

struct gathering {
    struct arena *arena;
    struct buf grams;
    struct str exact, folded; /* the word before */
};

static int gather_grams(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    struct gathering *g = arg;

    (void)start, (void)end;
    add_gram(&g->grams, folded, STR_NONE);
    if (!str_equal(exact, folded))
        add_gram(&g->grams, exact, STR_NONE);
    if (g->folded.len > 0) {
        add_gram(&g->grams, g->folded, folded);
        if (!str_equal(exact, folded) || !str_equal(g->exact, g->folded))
            add_gram(&g->grams, g->exact, exact);
    }
    g->exact = str_copy(g->arena, exact);
    g->folded = str_copy(g->arena, folded);
    return 0;
}

struct str search_grams_of_text(struct arena *a, struct str text)
{
    struct gathering g = {.arena = a, .grams = buf_in(a)};

    text_tokens(text, gather_grams, &g);
    return buf_str(&g.grams);
}

static struct str all_of(struct arena *a, const struct q_search_public_text *r, struct str body)
{
    return str_format(a, "%.*s\n%.*s\n%.*s", STR_ARG(r->title), STR_ARG(r->standfirst), STR_ARG(body));
}

static enum err put_document(struct tx *tx, struct article_id id, const struct q_search_public_text *r)
{
    struct body_node *doc;

    TRY(body_of_json(tx->arena, r->body, &doc));
    struct str body = str_format(tx->arena, "%.*s\n%.*s", STR_ARG(body_to_text(tx->arena, doc)),
                                 STR_ARG(authors_names(tx->arena, r->authors)));
    struct str grams = tx_on_postgres(tx) ? search_grams_of_text(tx->arena, all_of(tx->arena, r, body)) : S("");
    TRY(q_search_document_put(tx, id, r->title, r->standfirst, body, grams));
    return q_search_index_learn(tx, id);
}

enum err search_index_article(struct tx *tx, struct article_id id)
{
    struct q_search_public_text text;

    TRY(q_search_index_forget(tx, id));
    enum err e = q_search_public_text(tx->db, id, &text);
    if (e == E_NOT_FOUND)
        return q_search_document_remove(tx, id);
    TRY(e);
    return put_document(tx, id, &text);
}

void search_start(void)
{
    article_on_public_change(search_index_article);
}

/* --- the snippet ---------------------------------------------------------------------------------------------------- */

enum { SNIPPET_BEFORE = 60, SNIPPET_BYTES = 260 };

struct marking {
    const struct search_terms *terms;
    size_t in_a_row;   /* how many of the terms make a hit: all for a phrase, else one */
    size_t matched;    /* of them so far */
    size_t run_start;
    struct str text;
    struct html_out *out;
    size_t done;       /* written up to here */
    size_t first;      /* where the first hit stands; SIZE_MAX: none yet */
};

static bool is_term(const struct search_terms *terms, size_t i, struct str exact, struct str folded)
{
    return str_equal(exact, terms->exact[i]) || str_equal(folded, terms->exact[i]);
}

static bool is_any_term(const struct search_terms *terms, struct str exact, struct str folded)
{
    for (size_t i = 0; i < terms->count; i++)
        if (is_term(terms, i, exact, folded))
            return true;
    return false;
}

/* Takes one more word of the text; true when it completes a hit, which began at m->run_start. */
static bool completes_hit(struct marking *m, struct str exact, struct str folded, size_t start)
{
    if (m->in_a_row == 1) {
        m->run_start = start;
        return is_any_term(m->terms, exact, folded);
    }
    if (!is_term(m->terms, m->matched, exact, folded))
        m->matched = 0;
    if (!is_term(m->terms, m->matched, exact, folded))
        return false;
    if (m->matched++ == 0)
        m->run_start = start;
    if (m->matched < m->in_a_row)
        return false;
    m->matched = 0;
    return true;
}

static int find_first(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    struct marking *m = arg;

    (void)end;
    if (!completes_hit(m, exact, folded, start))
        return 0;
    m->first = m->run_start;
    return 1;
}

static int mark_hit(void *arg, struct str exact, struct str folded, size_t start, size_t end)
{
    struct marking *m = arg;

    if (!completes_hit(m, exact, folded, start))
        return 0;
    html_text(m->out, str_sub(m->text, m->done, m->run_start - m->done));
    html_raw(m->out, (struct html){S("<mark>")});
    html_text(m->out, str_sub(m->text, m->run_start, end - m->run_start));
    html_raw(m->out, (struct html){S("</mark>")});
    m->done = end;
    return 0;
}

/* Moves to the nearest space, so that no word and no letter is cut. */
static size_t to_space(struct str text, size_t at, int step)
{
    while (at > 0 && at < text.len && text.ptr[at] != ' ' && text.ptr[at] != '\n')
        at = step > 0 ? at + 1 : at - 1;
    return at;
}

struct html search_snippet(struct arena *a, struct str text, const struct search_terms *terms, enum search_way way)
{
    struct html_out out = html_out_in(a, LANG_VI);
    size_t in_a_row = way == SEARCH_PHRASE ? terms->count : 1;
    struct marking search = {.terms = terms, .in_a_row = in_a_row, .first = SIZE_MAX};
    struct marking m = {.terms = terms, .in_a_row = in_a_row, .out = &out, .first = SIZE_MAX};

    text_tokens(text, find_first, &search);
    size_t hit = search.first == SIZE_MAX ? 0 : search.first;
    size_t from = to_space(text, hit > SNIPPET_BEFORE ? hit - SNIPPET_BEFORE : 0, -1);
    size_t to = to_space(text, from + SNIPPET_BYTES < text.len ? from + SNIPPET_BYTES : text.len, 1);
    m.text = str_trim(str_sub(text, from, to - from));
    if (from > 0)
        html_text(&out, S("… "));
    text_tokens(m.text, mark_hit, &m);
    html_text(&out, str_skip(m.text, m.done));
    if (to < text.len)
        html_text(&out, S(" …"));
    return html_done(&out);
}
