-- fails: note_a: two columns of the same name: id

-- name: note_a :many
select n.id, a.id from note n join author a on a.id = n.author_id
