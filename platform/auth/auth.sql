-- Sessions and what a signed-in person may do.

-- name: session_of_token(token_hash text, now int) :one
-- The living session of a token, with its person; a disabled person has none.
select s.id, s.person_id, s.seen_at, s.expires_at, p.full_name, p.lang
  from session s
  join person p on p.id = s.person_id
 where s.token_hash = :token_hash and s.expires_at > :now and p.disabled_at is null

-- name: memberships_of(person_id person_id, now int) :many
-- What a person is today, and where.
select m.role, m.unit_id, u.path, u.name
  from membership m
  join unit u on u.id = m.unit_id
 where m.person_id = :person_id
   and coalesce(m.valid_from, 0) <= :now
   and coalesce(m.valid_to, 9000000000000) > :now
 order by m.id

-- name: person_for_sign_in(login text) :one
select p.id, p.password_hash, p.full_name
  from person p
 where p.login = :login and p.disabled_at is null

-- name: session_add(token_hash text, person_id person_id, now int, expires_at int) :insert
insert into session (token_hash, person_id, created_at, seen_at, expires_at)
values (:token_hash, :person_id, :now, :now, :expires_at)
returning id

-- name: session_touch(id session_id, now int, expires_at int) :exec
update session set seen_at = :now, expires_at = :expires_at where id = :id

-- name: session_end(id session_id) :exec
delete from session where id = :id

-- name: sessions_end_of_person(person_id person_id) :exec
delete from session where person_id = :person_id

-- name: sessions_end_expired(now int) :exec
delete from session where expires_at <= :now

-- name: person_set_password(id person_id, password_hash text) :exec1
update person set password_hash = :password_hash where id = :id

-- name: audit_add(at int, person_id person_id, action text, object_kind text, object_id int, detail text) :insert
insert into audit_event (at, person_id, action, object_kind, object_id, detail)
values (:at, :person_id, :action, :object_kind, :object_id, :detail)
returning id

-- name: link_add(token_hash text, purpose text, person_id person_id, now int, expires_at int) :insert
insert into one_time_link (token_hash, purpose, person_id, created_at, expires_at)
values (:token_hash, :purpose, :person_id, :now, :expires_at)
returning id

-- name: link_find(token_hash text, purpose text, now int) :one
select l.id, l.person_id
  from one_time_link l
 where l.token_hash = :token_hash and l.purpose = :purpose and l.used_at is null and l.expires_at > :now

-- name: link_use(id one_time_link_id, now int) :exec1
update one_time_link set used_at = :now where id = :id and used_at is null

-- name: links_end(purpose text) :exec
delete from one_time_link where purpose = :purpose and used_at is null
