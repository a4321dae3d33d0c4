-- The one room where the two engines search differently.

-- name: search_public_text(id article_id) :one
-- What is to be found of an article: its public revision, while it is published.
select r.title, r.kicker, r.standfirst, r.authors, r.body
  from article a
  join revision r on r.id = a.public_id
 where a.id = :id and a.state = 'published'

-- name: search_document_put(article_id article_id, title text, standfirst text, body text, grams text) :exec
insert into search_document (article_id, title, standfirst, body, grams)
values (:article_id, :title, :standfirst, :body, :grams)
on conflict (article_id) do update
   set title = excluded.title, standfirst = excluded.standfirst, body = excluded.body, grams = excluded.grams

-- name: search_document_remove(article_id article_id) :exec
delete from search_document where article_id = :article_id

-- name: search_index_forget(article_id article_id) :exec
-- SQLite's index is told what stood there; before the document changes. PostgreSQL's follows by itself.
-- sqlite:
insert into search_index (search_index, rowid, title, standfirst, body)
select 'delete', d.article_id, d.title, d.standfirst, d.body from search_document d where d.article_id = :article_id
-- postgres:
delete from search_document where article_id = :article_id and 1 = 0

-- name: search_index_learn(article_id article_id) :exec
-- sqlite:
insert into search_index (rowid, title, standfirst, body)
select d.article_id, d.title, d.standfirst, d.body from search_document d where d.article_id = :article_id
-- postgres:
delete from search_document where article_id = :article_id and 1 = 0

-- name: search_find(words text, grams text, candidates int, rows_most int, rows_skip int, reach int, reader person_id, now int) :many
-- The newest candidates that hold the words, then what this reader may see of them. `words` is an FTS5 expression,
-- `grams` the same as syllables and pairs.
-- sqlite:
select a.id, a.slug, a.published_at, d.title, d.standfirst, d.body, r.words,
       coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */
  from (select f.rowid as found_id from search_index f
         where f.search_index match :words and coalesce(:grams, '') is not null
         order by f.rowid desc limit :candidates) c
  join article a on a.id = c.found_id
  join search_document d on d.article_id = a.id
  join revision r on r.id = a.public_id
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where @visible(a)
 order by a.published_at desc nulls last, a.id desc
 limit :rows_most offset :rows_skip
-- postgres:
with c as materialized (
    select d.article_id as found_id from search_document d
     where string_to_array(d.grams, ' ') @> string_to_array(:grams, ' ') and coalesce(:words, '') is not null
     limit :candidates)
select a.id, a.slug, a.published_at, d.title, d.standfirst, d.body, r.words,
       coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */
  from c
  join article a on a.id = c.found_id
  join search_document d on d.article_id = a.id
  join revision r on r.id = a.public_id
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where @visible(a)
 order by a.published_at desc nulls last, a.id desc
 limit :rows_most offset :rows_skip
