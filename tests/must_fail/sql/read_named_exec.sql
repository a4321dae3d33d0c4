-- fails: note_a: :exec changes rows and gives none

-- name: note_a :exec
select id from note
