-- fails: :4: note_a: parameter is not declared: ident

-- name: note_a(id note_id) :one
select id from note where id = :ident and id = :id
