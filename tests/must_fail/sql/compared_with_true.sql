-- fails: :4: note_a: write 1 or 0, which both engines take: true

-- name: note_a :many
select id from note where shown = true
