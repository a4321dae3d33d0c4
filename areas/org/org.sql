-- The tree of units.

-- name: unit_one(id unit_id) :one
select u.id, u.parent_id, u.path, u.name, u.kind, u.code, u.valid_from, u.valid_to, u.merged_into,
       coalesce(p.name, '') as parent_name /* text */, coalesce(m.name, '') as merged_name /* text */
  from unit u
  left join unit p on p.id = u.parent_id
  left join unit m on m.id = u.merged_into
 where u.id = :id

-- name: unit_add(parent_id unit_id, name text, name_fold text, name_sort text, kind text, code text, valid_from int, valid_to int) :insert
insert into unit (parent_id, path, name, name_fold, name_sort, kind, code, valid_from, valid_to)
values (:parent_id, '', :name, :name_fold, :name_sort, :kind, :code, nullif(:valid_from, 0), nullif(:valid_to, 0))
returning id

-- name: unit_set_path(id unit_id, path text) :exec1
update unit set path = :path where id = :id

-- name: unit_set(id unit_id, name text, name_fold text, name_sort text, kind text, code text, valid_from int, valid_to int) :exec1
update unit
   set name = :name, name_fold = :name_fold, name_sort = :name_sort, kind = :kind, code = :code,
       valid_from = nullif(:valid_from, 0), valid_to = nullif(:valid_to, 0)
 where id = :id

-- name: unit_set_parent(id unit_id, parent_id unit_id) :exec1
update unit set parent_id = :parent_id where id = :id

-- name: units_repath(old_path text, old_end text, new_path text) :exec
-- All of a subtree: the paths from old_path up to, not including, old_end.
update unit set path = :new_path || substr(path, length(:old_path) + 1) where path >= :old_path and path < :old_end

-- name: unit_set_end(id unit_id, valid_to int, merged_into unit_id) :exec1
update unit set valid_to = nullif(:valid_to, 0), merged_into = :merged_into where id = :id

-- name: units_living_below(path text, path_end text, now int) :one
select count(*) as units /* int */
  from unit u
 where u.path > :path and u.path < :path_end and coalesce(u.valid_to, 9000000000000) > :now

-- name: unit_children(parent_id unit_id) :many
-- One level of the tree, with what hangs below.
select u.id, u.name, u.kind, u.code, u.valid_to, u.merged_into,
       (select count(*) from unit c where c.parent_id = u.id) as children /* int */,
       (select count(*) from membership m where m.unit_id = u.id) as people /* int */
  from unit u
 where u.parent_id = :parent_id
 order by u.position, u.name_sort, u.id
 limit 1000

-- name: unit_roots() :many
select u.id, u.name, u.kind, u.code, u.valid_to, u.merged_into,
       (select count(*) from unit c where c.parent_id = u.id) as children /* int */,
       (select count(*) from membership m where m.unit_id = u.id) as people /* int */
  from unit u
 where u.parent_id is null
 order by u.position, u.name_sort, u.id
 limit 200

-- name: unit_above(path text) :many
-- The units from the root down to the one with this path.
select u.id, u.name
  from unit u
 where :path like u.path || '%' and u.path <> ''
 order by length(u.path)

-- name: unit_search(fold text) :many
-- Old names of ended units stay findable.
select u.id, u.name, u.kind, u.code, u.valid_to, coalesce(p.name, '') as parent_name /* text */
  from unit u
  left join unit p on p.id = u.parent_id
 where u.name_fold like '%' || :fold || '%' or u.code = :fold
 order by u.name_sort, u.id
 limit 100

-- name: units_count() :one
select count(*) as units /* int */ from unit

-- name: units_named(id unit_id, fold text, part text, code text, now int) :many
-- One by its id; else by code and whole name, and by a part of the name where one is given.
select u.id, u.name, u.code, coalesce(p.name, '') as parent_name /* text */
  from unit u
  left join unit p on p.id = u.parent_id
 where u.id = :id
    or (:id is null and coalesce(u.valid_to, 9000000000000) > :now
        and (u.name_fold = :fold or u.code = :code or (:part <> '' and u.name_fold like '%' || :part || '%')))
 order by u.name_sort, u.id
 limit 20

-- name: memberships_move(from_id unit_id, into_id unit_id) :exec
-- Who has the same role there already keeps that one.
update membership set unit_id = :into_id
 where unit_id = :from_id
   and not exists (select 1 from membership o
                    where o.unit_id = :into_id and o.person_id = membership.person_id and o.role = membership.role)
