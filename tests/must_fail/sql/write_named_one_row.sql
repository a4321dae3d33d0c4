-- fails: note_a: :one needs a result

-- name: note_a :one
delete from note
