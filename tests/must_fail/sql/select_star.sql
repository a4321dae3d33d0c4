-- fails: :4: note_a: name the columns instead of *

-- name: note_a :many
select n.* from note n
