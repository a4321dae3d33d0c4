-- What readers see. Every query that names an article goes through @visible (areas/access/macros.sql).

-- name: reader_publication(code text) :one
select p.id, p.code, p.name, p.subtitle, p.organisation, p.is_main
  from publication p
 where p.code = :code and p.archived_at is null

-- name: reader_issue_latest(publication_id publication_id) :one
select i.id, i.year, i.number
  from issue i
 where i.publication_id = :publication_id and i.state = 'published'
 order by i.year desc, i.number desc
 limit 1

-- name: reader_issue(publication_id publication_id, year int, number int) :one
select i.id, i.year, i.number, i.title, i.date, i.cover, i.editorial, i.licence, i.editor_name, i.printer, i.print_run, i.hash,
       i.published_at, i.state, p.code as publication_code, p.name as publication_name, p.is_main
  from issue i
  join publication p on p.id = i.publication_id
 where i.publication_id = :publication_id and i.year = :year and i.number = :number
   and i.state in ('published', 'withdrawn')

-- name: reader_issue_items(issue_id issue_id, reach int, reader person_id, now int) :many
-- The contents as this reader may see them; what they may not see is not counted either.
select it.id, it.article_id, it.is_read_aloud, a.slug, a.audience, r.title, r.kicker, r.standfirst, r.authors, r.words,
       coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */
  from issue_item it
  join article a on a.id = it.article_id
  join revision r on r.id = a.public_id
  left join section s on s.id = it.section_id
  left join unit u on u.id = r.unit_id
 where it.issue_id = :issue_id and @visible(a)
 order by it.position, it.id

-- name: reader_issue_questions(issue_id issue_id) :many
select q.item_id, q.text from issue_question q
 where q.issue_id = :issue_id
 order by q.position, q.id

-- name: reader_issues(publication_id publication_id, rows_most int, rows_skip int) :many
-- Newest first, for the archive.
select i.id, i.year, i.number, i.title, i.date, i.cover, coalesce(m.renditions, '') as cover_renditions /* text */,
       coalesce(m.width, 0) as cover_width /* int */, coalesce(m.height, 0) as cover_height /* int */
  from issue i
  left join media m on m.hash = i.cover
 where i.publication_id = :publication_id and i.state = 'published'
 order by i.year desc, i.number desc
 limit :rows_most offset :rows_skip

-- name: reader_publications() :many
select p.id, p.code, p.name, p.subtitle, p.is_main
  from publication p
 where p.archived_at is null
   and exists (select 1 from issue i where i.publication_id = p.id and i.state = 'published')
 order by p.is_main desc, p.name_fold

-- name: reader_article(id article_id, reach int, reader person_id, now int) :one
select a.id, a.publication_id, a.slug, a.audience, a.published_at, r.id as revision_id, r.title, r.kicker, r.standfirst, r.authors,
       r.body, r.words, r.hash, r.created_at as changed_at, coalesce(s.name, '') as section_name /* text */,
       coalesce(s.slug, '') as section_slug /* text */, coalesce(u.name, '') as unit_name /* text */
  from article a
  join revision r on r.id = a.public_id
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where a.id = :id and @visible(a)

-- name: reader_article_withdrawn(id article_id) :one
-- Was there a text here that is no longer shown?
select a.id, a.audience from article a
 where a.id = :id and a.state = 'withdrawn' and a.public_id is not null and a.audience = 0

-- name: reader_article_issue(article_id article_id) :one
-- The newest published issue the article stands in.
select i.id, i.year, i.number, it.id as item_id, it.is_read_aloud, p.code as publication_code, p.is_main
  from issue_item it
  join issue i on i.id = it.issue_id
  join publication p on p.id = i.publication_id
 where it.article_id = :article_id and i.state = 'published'
 order by i.year desc, i.number desc
 limit 1

-- name: reader_article_page(issue_id issue_id, article_id article_id, audience int) :one
-- The page it has in print.
select ep.page
  from edition e
  join edition_page ep on ep.edition_id = e.id
 where e.issue_id = :issue_id and ep.article_id = :article_id and e.format = 'pdf-a4' and e.audience = :audience
   and e.superseded_at is null
 limit 1

-- name: reader_item_questions(item_id issue_item_id) :many
select q.text from issue_question q where q.item_id = :item_id order by q.position, q.id

-- name: reader_neighbours(issue_id issue_id, reach int, reader person_id, now int) :many
-- The order of an issue, for "the one before, the one after".
select it.article_id, a.slug, r.title
  from issue_item it
  join article a on a.id = it.article_id
  join revision r on r.id = a.public_id
 where it.issue_id = :issue_id and @visible(a)
 order by it.position, it.id

-- name: reader_sections(publication_id publication_id) :many
select s.id, s.name, s.slug
  from section s
 where s.publication_id = :publication_id and s.archived_at is null
 order by s.position, s.id

-- name: reader_section(publication_id publication_id, slug text) :one
select s.id, s.name, s.slug from section s where s.publication_id = :publication_id and s.slug = :slug

-- name: reader_section_articles(section_id section_id, rows_most int, rows_skip int, reach int, reader person_id, now int) :many
select a.id, a.slug, a.published_at, r.title, r.standfirst, r.authors, r.words, coalesce(u.name, '') as unit_name /* text */
  from article a
  join revision r on r.id = a.public_id
  left join unit u on u.id = r.unit_id
 where a.public_section_id = :section_id and a.published_at is not null and @visible(a)
 order by a.published_at desc nulls last, a.id desc
 limit :rows_most offset :rows_skip

-- name: reader_latest(publication_id publication_id, since int, rows_most int, reach int, reader person_id, now int) :many
-- The newest articles of a publication, whether in an issue or alone.
select a.id, a.slug, a.published_at, r.title, r.standfirst, r.authors, r.words, r.created_at as changed_at,
       coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */
  from article a
  join revision r on r.id = a.public_id
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where +a.publication_id = :publication_id and a.published_at > :since and @visible(a)
 order by a.published_at desc nulls last, a.id desc
 limit :rows_most

-- name: reader_alone(publication_id publication_id, since int, rows_most int, reach int, reader person_id, now int) :many
-- News since the last issue: published alone, not in an issue yet. The + leads SQLite to the index by time.
select a.id, a.slug, a.published_at, r.title, r.standfirst, r.authors, r.words, coalesce(s.name, '') as section_name /* text */,
       coalesce(u.name, '') as unit_name /* text */
  from article a
  join revision r on r.id = a.public_id
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where +a.publication_id = :publication_id and a.published_at > :since and @visible(a)
   and not exists (select 1 from issue_item it where it.article_id = a.id)
 order by a.published_at desc nulls last, a.id desc
 limit :rows_most

-- name: reader_media(hash text, reach int, reader person_id, now int) :one
-- May this reader have this picture or sound? It stands in a text they may see, or it is a published issue's cover, or
-- they sent it or it stands in a piece of their own; the newsroom has all.
select m.id, m.kind, m.mime, m.file_name, m.width, m.height, m.renditions
  from media m
 where m.hash = :hash
   and (:reach = 2
        or m.person_id = :reader
        or exists (select 1
                     from revision_media rm
                     join revision r on r.id = rm.revision_id
                     join article own on own.id = r.article_id
                    where rm.hash = m.hash and own.created_by = :reader)
        or exists (select 1
                     from revision_media rm
                     join article a on a.public_id = rm.revision_id
                    where rm.hash = m.hash and @visible(a))
        or exists (select 1 from issue i where i.cover = m.hash and i.state = 'published'))

-- name: reader_media_sizes(hash text) :one
select m.kind, m.mime, m.width, m.height, m.renditions from media m where m.hash = :hash
