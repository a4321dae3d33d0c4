-- fails: :3: note_a: there is no table of this parameter's type: notes

-- name: note_a(id notes_id) :one
select id from note where id = :id
