-- sqlite:
create virtual table note_text using fts5(body, content = '', tokenize = 'vi');
-- postgres:
create table note_text (note_id bigint primary key, body text not null);
-- both:
create table tally (
    name TEXT primary key,
    n    INT not null
);
