-- fails: :2: text before the first "-- name:"
select id from note
