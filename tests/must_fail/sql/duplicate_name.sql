-- fails: :6: note_a is named twice, first in line 3

-- name: note_a(id note_id) :one
select id from note where id = :id

-- name: note_a(id note_id) :one
select title from note where id = :id
