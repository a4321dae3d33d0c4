-- Files on their way to becoming articles.

-- name: intake_add(publication_id publication_id, section_id section_id, hash text, file_name text, bytes int, title text, authors text, who person_id, now int) :insert
insert into intake (publication_id, section_id, hash, file_name, bytes, title, authors, state, person_id, created_at,
                    updated_at)
values (:publication_id, :section_id, :hash, :file_name, :bytes, :title, :authors, 'waiting', :who, :now, :now)
returning id

-- name: intake_one(id intake_id) :one
select i.id, i.publication_id, i.section_id, i.hash, i.file_name, i.bytes, i.title, i.authors, i.state, i.problem,
       i.article_id, i.person_id, i.updated_at, i.put_away_at
  from intake i
 where i.id = :id

-- name: intake_set_state(id intake_id, state text, problem text, article_id article_id, now int) :exec1
-- What became an article never becomes one again.
update intake set state = :state, problem = :problem, article_id = :article_id, updated_at = :now
 where id = :id and article_id is null

-- name: intake_set_titled(id intake_id, now int) :exec1
update intake set state = 'done', updated_at = :now where id = :id and state = 'title'

-- name: intake_put_away(id intake_id, now int) :exec1
update intake set put_away_at = :now where id = :id and put_away_at is null

-- name: intake_put_away_done(who person_id, now int) :changed
update intake set put_away_at = :now where person_id = :who and state = 'done' and put_away_at is null

-- name: intake_list(whose person_id, before intake_id, most int) :many
-- The newest first; of one person, or of everybody where none is named.
select i.id, i.file_name, i.bytes, i.state, i.problem, i.article_id, i.created_at, i.updated_at, i.person_id,
       coalesce(a.title, '') as title /* text */, coalesce(o.report, '[]') as report /* text */,
       coalesce(p.full_name, '') as person_name /* text */, pub.name as publication
  from intake i
  join publication pub on pub.id = i.publication_id
  left join article a on a.id = i.article_id
  left join article_original o on o.article_id = i.article_id and o.hash = i.hash
  left join person p on p.id = i.person_id
 where i.put_away_at is null and (:whose is null or i.person_id = :whose) and i.id < :before
 order by i.id desc
 limit :most

-- name: intake_publications() :many
select p.id, p.name from publication p where p.archived_at is null order by p.is_main desc, p.id limit 200

-- name: intake_sections() :many
select s.id, s.name, p.name as publication, p.id as publication_id
  from section s
  join publication p on p.id = s.publication_id
 where s.archived_at is null and p.archived_at is null
 order by p.is_main desc, p.id, s.position, s.id
 limit 500

-- name: intake_section(publication_id publication_id, words text) :one
-- By its name or by its name in addresses.
select s.id from section s
 where s.publication_id = :publication_id and s.archived_at is null and (s.name = :words or s.slug = :words)
 order by s.id
 limit 1

-- name: intake_section_of(id section_id) :one
select s.publication_id from section s where s.id = :id and s.archived_at is null
