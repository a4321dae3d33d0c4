-- Publications, their sections, and the lists of topics and genres.

-- name: publication_one(id publication_id) :one
select p.id, p.code, p.name, p.subtitle, p.organisation, p.unit_id, p.is_main, p.page_format, p.licence, p.editor_name,
       p.printer, p.print_run, p.address, p.archived_at, coalesce(u.name, '') as unit_name /* text */
  from publication p
  left join unit u on u.id = p.unit_id
 where p.id = :id

-- name: publication_by_code(code text) :one
select p.id, p.name, p.archived_at from publication p where p.code = :code

-- name: publication_list() :many
select p.id, p.code, p.name, p.is_main, p.page_format, p.archived_at,
       (select count(*) from section s where s.publication_id = p.id and s.archived_at is null) as sections /* int */,
       (select count(*) from issue i where i.publication_id = p.id) as issues /* int */
  from publication p
 order by coalesce(p.archived_at, 0), p.is_main desc, p.id
 limit 200

-- name: publication_add(code text, name text, name_fold text, subtitle text, organisation text, unit_id unit_id, page_format text, licence text, editor_name text, printer text, print_run int, address text, now int) :insert
insert into publication (code, name, name_fold, subtitle, organisation, unit_id, page_format, licence, editor_name, printer,
                         print_run, address, created_at)
values (:code, :name, :name_fold, :subtitle, :organisation, :unit_id, :page_format, :licence, :editor_name, :printer,
        :print_run, :address, :now)
returning id

-- name: publication_set(id publication_id, code text, name text, name_fold text, subtitle text, organisation text, unit_id unit_id, page_format text, licence text, editor_name text, printer text, print_run int, address text) :exec1
update publication
   set code = :code, name = :name, name_fold = :name_fold, subtitle = :subtitle, organisation = :organisation,
       unit_id = :unit_id, page_format = :page_format, licence = :licence, editor_name = :editor_name, printer = :printer,
       print_run = :print_run, address = :address
 where id = :id

-- name: publication_set_main(id publication_id) :exec
update publication set is_main = case when id = :id then 1 else 0 end

-- name: publication_mains() :one
select count(*) as mains /* int */ from publication p where p.is_main = 1

-- name: publication_set_archived(id publication_id, at int) :exec1
update publication set archived_at = nullif(:at, 0) where id = :id

-- name: section_list(publication_id publication_id) :many
select s.id, s.name, s.slug, s.position, s.min_items, s.max_items, s.archived_at,
       (select count(*) from article a where a.section_id = s.id) as articles /* int */
  from section s
 where s.publication_id = :publication_id
 order by s.position, s.id
 limit 300

-- name: section_one(id section_id) :one
select s.id, s.publication_id, s.name, s.slug, s.position, s.min_items, s.max_items, s.archived_at
  from section s
 where s.id = :id

-- name: section_last(publication_id publication_id) :one
select coalesce(max(s.position), 0) as position /* int */ from section s where s.publication_id = :publication_id

-- name: section_slugs(publication_id publication_id, slug text) :one
select count(*) as taken /* int */ from section s where s.publication_id = :publication_id and s.slug = :slug

-- name: section_add(publication_id publication_id, name text, slug text, position int, min_items int, max_items int) :insert
insert into section (publication_id, name, slug, position, min_items, max_items)
values (:publication_id, :name, :slug, :position, :min_items, :max_items)
returning id

-- name: section_set(id section_id, name text, min_items int, max_items int) :exec1
update section set name = :name, min_items = :min_items, max_items = :max_items where id = :id

-- name: section_set_archived(id section_id, at int) :exec1
update section set archived_at = nullif(:at, 0) where id = :id

-- name: section_set_position(id section_id, publication_id publication_id, position int) :exec
update section set position = :position where id = :id and publication_id = :publication_id

-- name: topic_list() :many
select w.id, w.name, w.slug, w.archived_at,
       (select count(*) from article a where a.topic_id = w.id) as articles /* int */
  from topic w
 order by w.position, w.id
 limit 500

-- name: genre_list() :many
select w.id, w.name, w.slug, w.archived_at,
       (select count(*) from article a where a.genre_id = w.id) as articles /* int */
  from genre w
 order by w.position, w.id
 limit 500

-- name: topic_add(name text, slug text, position int) :insert
insert into topic (name, slug, position) values (:name, :slug, :position) returning id

-- name: genre_add(name text, slug text, position int) :insert
insert into genre (name, slug, position) values (:name, :slug, :position) returning id

-- name: topic_set(id topic_id, name text) :exec1
update topic set name = :name where id = :id

-- name: genre_set(id genre_id, name text) :exec1
update genre set name = :name where id = :id

-- name: topic_set_archived(id topic_id, at int) :exec1
update topic set archived_at = nullif(:at, 0) where id = :id

-- name: genre_set_archived(id genre_id, at int) :exec1
update genre set archived_at = nullif(:at, 0) where id = :id

-- name: topic_set_position(id topic_id, position int) :exec
update topic set position = :position where id = :id

-- name: genre_set_position(id genre_id, position int) :exec
update genre set position = :position where id = :id
