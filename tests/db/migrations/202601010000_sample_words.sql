-- Every type word, for the tests of the db room.
create table author (
    id    ID,
    name  TEXT not null unique
);

create table note (
    id         ID,
    author_id  REF(author),
    title      TEXT not null,
    body       TEXT,
    picture    BLOB,
    shown      BOOL not null default 0,
    written_at INT not null default 0,
    check (length(title) <= 100)
);

create index note_author on note (author_id, id desc);

insert into author (id, name) values (1, 'Nguyễn Văn A'), (2, 'it''s; -- not a comment');
