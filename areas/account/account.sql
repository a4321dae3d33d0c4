-- What a person sees of their own account.

-- name: account_person(id person_id) :one
select p.id, p.login, p.full_name, p.email, p.lang, p.created_at
  from person p
 where p.id = :id

-- name: account_sessions(person_id person_id, now int) :many
select s.id, s.created_at, s.seen_at
  from session s
 where s.person_id = :person_id and s.expires_at > :now
 order by s.seen_at desc, s.id
 limit 50

-- name: account_end_others(person_id person_id, kept session_id) :exec
delete from session where person_id = :person_id and id <> :kept

-- name: account_set_lang(id person_id, lang text) :exec1
update person set lang = :lang where id = :id
