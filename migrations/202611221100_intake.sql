-- Files on their way to becoming articles. What could not be read stays here, with its file, until somebody puts it away.

create table intake (
    id             ID,
    publication_id REF(publication) not null,
    section_id     REF(section),
    hash           TEXT not null,              -- of the file, in the media folder
    file_name      TEXT not null,
    bytes          INT not null,
    title          TEXT not null default '',   -- given with the file; empty: what is found in it
    authors        TEXT not null default '[]', -- as a revision keeps them; none: what is found in it
    state          TEXT not null check (state in ('waiting', 'reading', 'title', 'done', 'problem')),
    problem        TEXT not null default '',   -- why, for 'problem'
    article_id     REF(article),
    person_id      REF(person),
    created_at     INT not null,
    updated_at     INT not null,
    put_away_at    INT
);
create index intake_person on intake (person_id, id);
create index intake_article on intake (article_id);
create index intake_publication on intake (publication_id);
create index intake_section on intake (section_id);
