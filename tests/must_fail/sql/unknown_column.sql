-- fails: :5: note_a: no such column: author

-- name: note_a :many
select id
  from note where author = 1
