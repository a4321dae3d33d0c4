-- Settings of the whole installation, and its main publication.

-- name: setting_list() :many
select s.key, s.value from setting s

-- name: setting_set(key text, value text) :exec
insert into setting (key, value) values (:key, :value)
on conflict (key) do update set value = excluded.value

-- name: publication_main() :one
-- The one with the short addresses: marked as main, else the first.
select p.id, p.code, p.name, p.subtitle
  from publication p
 where p.archived_at is null
 order by p.is_main desc, p.id
 limit 1

-- name: people_count() :one
select count(*) as people /* int */ from person
