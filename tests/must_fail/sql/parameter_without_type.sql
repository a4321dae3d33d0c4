-- fails: :3: parameter id has no type

-- name: note_a(id) :one
select id from note where id = :id
