-- fails: note_a: a column needs a plain name

-- name: note_a :one
select count(*) from note
