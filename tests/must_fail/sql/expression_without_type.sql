-- fails: :4: note_a: the type of an expression stands behind its name: "… as name /* int */": total

-- name: note_a :one
select count(*) as total from note
