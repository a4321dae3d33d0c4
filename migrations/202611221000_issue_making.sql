-- What the making of an issue needs: a title to search by, and what was taken out, to be put back as it was.

alter table issue add column title_fold TEXT not null default '';

create table issue_removed (
    id            ID,
    issue_id      REF(issue) not null,
    article_id    REF(article) not null,
    section_id    REF(section),
    position      INT not null,
    is_read_aloud BOOL not null,
    questions     TEXT not null default '',  -- one a line
    at            INT not null
);
create unique index issue_removed_article on issue_removed (issue_id, article_id);
