-- What waits for the approver, without walking all that waits for an editor.

create index article_passed on article (state, passed_at, id);
