-- name: author_add(name text) :insert
insert into author (name) values (:name) returning id

-- name: note_add(author_id author_id, title text, body text, picture blob, shown int, written_at int) :insert
insert into note (author_id, title, body, picture, shown, written_at)
values (:author_id, :title, :body, :picture, :shown, :written_at)
returning id

-- name: note_get(id note_id) :one
-- A note as it is stored.
select id, author_id, title, body, picture, shown, written_at from note where id = :id

-- name: note_list(author_id author_id) :many
-- One author's notes, the newest first; of nobody, all.
select n.id, n.title, a.id as by_id, a.name, length(n.title) as letters /* int */
  from note n
  left join author a on a.id = n.author_id
 where :author_id is null or n.author_id = :author_id
 order by n.id desc

-- name: note_count :one
select count(*) as total /* int */, coalesce(sum(written_at), 0) as summed /* int */ from note

-- name: note_each :each
select id, title from note order by id

-- name: note_rename(id note_id, title text, was text) :exec1
update note set title = :title where id = :id and title = :was;

-- name: note_hide_all :changed
update note set shown = 0 where shown = 1

-- name: note_delete(id note_id) :exec
delete from note where id = :id

-- name: author_once(name text) :insert
insert into author (name) values (:name) on conflict (name) do nothing returning id

-- name: tally_next(name text) :one
-- Counts up and gives the count: a writing query with a row.
insert into tally (name, n) values (:name, 1)
    on conflict (name) do update set n = tally.n + 1
returning name, n

-- name: tally_get(name text) :one
select n from tally where name = :name

-- name: tally_set(name text, n int) :exec
update tally set n = :n where name = :name

-- name: note_text_add(note_id note_id, body text) :exec
-- sqlite:
insert into note_text (rowid, body) values (:note_id, :body)
-- postgres:
insert into note_text (note_id, body) values (:note_id, :body)

-- name: note_text_find(words text) :many
-- sqlite:
select rowid as note_id /* note_id */ from note_text where note_text match :words order by rowid
-- postgres:
select note_id from note_text where body like '%' || :words || '%' order by note_id
