-- The first start.

-- name: setup_people() :one
select count(*) as people /* int */ from person p
