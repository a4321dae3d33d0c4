-- Issues: an ordered set of articles with front matter, their approval, and the editions made from them.

create table issue_state (
    code     TEXT not null primary key,
    position INT not null
);
insert into issue_state (code, position) values
    ('making', 1), ('review', 2), ('approved', 3), ('scheduled', 4), ('published', 5), ('withdrawn', 6);

create table issue (
    id             ID,
    publication_id REF(publication) not null,
    year           INT not null,
    number         INT not null,
    title          TEXT not null default '',
    date           TEXT not null,           -- the day printed on it, YYYY-MM-DD
    state          TEXT not null references issue_state (code),
    cover          TEXT not null default '', -- media hash; empty: the typographic cover
    editorial      TEXT not null default '', -- a box before the contents; plain paragraphs
    licence        TEXT not null default '',
    editor_name    TEXT not null default '',
    printer        TEXT not null default '',
    print_run      INT not null default 0,
    revision       INT not null default 1,  -- counts every change; the base of every form
    hash           TEXT not null default '', -- what the approval signed
    scheduled_at   INT,
    published_at   INT,
    created_by     REF(person),
    created_at     INT not null,
    updated_at     INT not null
);
create unique index issue_number on issue (publication_id, year, number);
create index issue_state_date on issue (state, date);
create index issue_due on issue (state, scheduled_at);

create table issue_item (
    id            ID,
    issue_id      REF(issue) not null,
    article_id    REF(article) not null,
    section_id    REF(section),
    position      INT not null,             -- 1, 2, 3 … through the whole issue
    is_read_aloud BOOL not null default 0
);
create unique index issue_item_article on issue_item (issue_id, article_id);
create index issue_item_of_article on issue_item (article_id);

create table issue_question (
    id       ID,
    issue_id REF(issue) not null,
    item_id  REF(issue_item),
    position INT not null,
    text     TEXT not null
);
create index issue_question_issue on issue_question (issue_id);

create table issue_step (
    id        ID,
    issue_id  REF(issue) not null,
    state     TEXT not null references issue_state (code),
    note      TEXT not null default '',
    person_id REF(person),
    at        INT not null
);
create index issue_step_issue on issue_step (issue_id, id);

-- One output of an issue. A newer one of the same format and audience supersedes it; the file stays.
create table edition (
    id            ID,
    issue_id      REF(issue) not null,
    format        TEXT not null check (format in ('pdf-a4', 'pdf-a5', 'epub', 'text')),
    audience      INT not null,             -- 0 everybody, 1 members
    hash          TEXT not null,            -- of the issue's content it was made from
    file_hash     TEXT not null,
    bytes         INT not null,
    pages         INT not null default 0,
    made_at       INT not null,
    superseded_at INT
);
create index edition_issue on edition (issue_id, format, audience);

create table edition_page (
    edition_id REF(edition) not null,
    article_id REF(article) not null,
    page       INT not null,
    primary key (edition_id, article_id)
);
