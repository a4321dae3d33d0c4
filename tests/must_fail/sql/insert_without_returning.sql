-- fails: note_a: :insert is an insert that ends with "returning id"

-- name: note_a(title text) :insert
insert into note (title) values (:title)
