-- fails: note_a: no statement

-- name: note_a :many
-- sqlite:
select id from note
