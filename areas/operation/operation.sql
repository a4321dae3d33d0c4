-- What the operator's commands read: everything that must fit together.

-- name: check_revisions() :each
-- Every revision, for its hash to be computed again.
select r.id, r.article_id, r.title, r.kicker, r.standfirst, r.authors, r.body, r.section_id, r.topic_id, r.genre_id, r.unit_id,
       r.visibility, r.hash
  from revision r
 order by r.id

-- name: check_revision_units() :many
select ru.revision_id, ru.unit_id from revision_unit ru order by ru.revision_id, ru.unit_id

-- name: check_media() :many
-- Every file that something names: media, originals of imports, editions.
select m.hash from media m
union
select o.hash from article_original o
union
select e.file_hash from edition e

-- name: check_heads() :many
-- Articles whose head or public revision is missing or belongs to another.
select a.id from article a
  left join revision h on h.id = a.head_id
  left join revision p on p.id = a.public_id
 where h.id is null or h.article_id <> a.id
    or (a.public_id is not null and (p.id is null or p.article_id <> a.id))
    or (a.state = 'published' and a.public_id is null)
 order by a.id

-- name: check_published_issues() :many
-- A published issue has only articles that are public or were withdrawn.
select i.id, it.article_id from issue i
  join issue_item it on it.issue_id = i.id
  join article a on a.id = it.article_id
 where i.state = 'published' and a.state not in ('published', 'withdrawn')
 order by i.id, it.article_id

-- name: check_counts() :one
select (select count(*) from article) as articles /* int */, (select count(*) from revision) as revisions /* int */,
       (select count(*) from issue) as issues /* int */, (select count(*) from media) as media /* int */
