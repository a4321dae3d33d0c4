-- fails: :4: note_a: body may be NULL: write "nulls first" or "nulls last"

-- name: note_a :many
select id, title from note n order by title, n.body desc, id limit 3
