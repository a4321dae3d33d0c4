-- fails: :3: note_a: parameter is not used: title

-- name: note_a(id note_id, title text) :one
select id from note where id = :id
