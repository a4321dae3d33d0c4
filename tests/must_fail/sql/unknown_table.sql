-- fails: :4: note_a: no such table: notes

-- name: note_a :many
select id from notes
