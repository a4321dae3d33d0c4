-- fails: :3: a query is named

-- name: note_a :all
select id from note
