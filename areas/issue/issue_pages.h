/* What the handlers of the newsroom's issue screens share. */
#ifndef BANTIN_ISSUE_PAGES_H
#define BANTIN_ISSUE_PAGES_H

#include "issue/issue_views.h"
#include "web/form.h"
#include "web/request.h"

extern const struct route issue_routes[];

struct issue_id issue_of_path(const struct request *rq);
struct str issue_label(struct request *rq, int64_t number, int64_t year); /* "Số 4/2026" */
struct issue_tag issue_tag_of(struct str state);
/* "01/04/2026" of "2026-04-01" */
struct str issue_day(struct arena *a, struct str date);
/* The address of a small picture of the cover, or empty. */
struct str issue_cover_url(struct request *rq, struct str hash);
enum { ISSUE_PAGE_ROWS = 50 };
/* "%folded words%" for like, or empty. */
struct str issue_words_like(struct arena *a, struct str words);

/* Stops with the page for it when the issue is not there. */
bool issue_load(struct request *rq, struct q_issue_whole *issue);
void issue_show(struct request *rq, int status);

void issue_list_page(struct request *rq);
void issue_new_page(struct request *rq);
void issue_make(struct request *rq);
void issue_page(struct request *rq);
void issue_order_items(struct request *rq);
void issue_add_page(struct request *rq);
void issue_add(struct request *rq);
void issue_item_page(struct request *rq);
void issue_item_save(struct request *rq);
void issue_item_remove(struct request *rq);
void issue_item_put_back(struct request *rq);
void issue_front_page(struct request *rq);
void issue_front_save(struct request *rq);
void issue_send_step(struct request *rq);
void issue_approve_page(struct request *rq);
void issue_approve_step(struct request *rq);
void issue_return_step(struct request *rq);
void issue_publish_page(struct request *rq);
void issue_publish_step(struct request *rq);
void issue_schedule_step(struct request *rq);
void issue_unschedule_step(struct request *rq);
void issue_withdraw_page(struct request *rq);
void issue_withdraw_step(struct request *rq);

/* The fields of front matter that the new issue and its later form have alike. */
struct issue_front issue_front_of_form(struct request *rq);
#endif
