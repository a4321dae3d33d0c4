-- fails: :4: note_a: near "note": syntax error

-- name: note_a :many
select id frm note
