-- fails: :3: "number" is no type

-- name: note_a(id number) :one
select id from note where id = :id
