-- fails: :5: note_a: more than one statement

-- name: note_a(id note_id) :exec
delete from note where id = :id;
delete from author
