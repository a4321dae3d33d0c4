-- fails: :4: note_a: a text stands between single quotes: "x"

-- name: note_a :many
select id from note where title = "x"
