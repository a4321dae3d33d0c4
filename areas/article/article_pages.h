/* What the handlers of articles share: one article as this person may see it, its form, its words. Inside this room
 * only; everything lives in the request's arena. */
#ifndef BANTIN_ARTICLE_PAGES_H
#define BANTIN_ARTICLE_PAGES_H

#include "access/access.h"
#include "article/article.h"
#include "article/article_read_sql.h"
#include "article/article_render.h"
#include "article/article_views.h"
#include "article/authors.h"
#include "html/body_plain.h"
#include "site/site.h"
#include "web/form.h"
#include "web/request.h"

enum { ARTICLE_BODY_BYTES = 14 * 1024 * 1024 }; /* a form's: percent-encoding triples Vietnamese */

/* The article in the path. False: it has been answered (404 also where it may not be seen). */
bool article_open_page(struct request *rq, struct q_article_page *article);

/* A name to show: "(Chưa có tên)" for none. */
struct str article_shown_title(struct request *rq, struct str title);
struct v_tag article_tag(struct str state, bool is_passed);
struct body_plain_words article_plain_words(const struct request *rq);
struct body_html_options *article_html_options(struct request *rq, struct revision_id revision);
/* Where a stored file is shown from: the middle size of a picture, else the original. */
struct str article_media_url(struct arena *a, struct str hash, struct str kind, struct str renditions);
/* The tree of a stored body, which was checked when it was saved. */
const struct body_node *article_tree(struct request *rq, struct str json);

/* The draft as it was typed. */
struct article_form {
    struct revision_id base;
    struct article_draft draft;
    struct str authors; /* as lines */
};

/* Reads the posted fields; `stored` is the article as the page showed it (plain text stands for its tree). False: what
 * is wrong stands in rq->form. */
bool article_form_read(struct request *rq, struct str stored_body, struct article_form *form);
/* The same from the editor's JSON, {"base", "fields", "body"}: E_INVALID where it is not that. */
enum err article_form_from_json(struct request *rq);

/* Two drafts side by side. */
struct v_article_compared article_compared(struct request *rq, const struct article_draft *left,
                                   const struct article_draft *right);
struct str article_visibility_words(struct request *rq, const struct article_draft *draft);

/* Handlers, in the files of their names. */
void article_list_page(struct request *rq);
void article_list_csv(struct request *rq);
void article_new_page(struct request *rq);
void article_new(struct request *rq);
void article_edit_page(struct request *rq);
void article_save_form(struct request *rq);
void article_save_json(struct request *rq);
void article_save_chosen(struct request *rq);
void article_presence(struct request *rq);
void article_send_step(struct request *rq);
void article_return_step(struct request *rq);
void article_take_step(struct request *rq);
void article_approve_page(struct request *rq);
void article_approve_step(struct request *rq);
void article_publish_page(struct request *rq);
void article_publish_step(struct request *rq);
void article_withdraw_page(struct request *rq);
void article_withdraw_step(struct request *rq);
void article_correct_step(struct request *rq);
void article_drop_step(struct request *rq);
void article_history_page(struct request *rq);
void article_compare_page(struct request *rq);
void article_bring_back_step(struct request *rq);
void article_preview_page(struct request *rq);
void article_upload(struct request *rq);
void article_original(struct request *rq);
#endif
