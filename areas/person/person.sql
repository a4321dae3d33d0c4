-- People and their roles.

-- name: person_one(id person_id) :one
select p.id, p.login, p.full_name, p.family_name, p.middle_name, p.given_name, p.email, p.lang, p.created_at, p.disabled_at,
       case when p.password_hash is null then 0 else 1 end as has_password /* int */
  from person p
 where p.id = :id

-- name: person_by_login(login text) :one
select p.id, p.full_name, p.disabled_at from person p where p.login = :login

-- name: person_add(login text, full_name text, family_name text, middle_name text, given_name text, name_fold text, name_sort text, email text, password_hash text, lang text, now int) :insert
insert into person (login, full_name, family_name, middle_name, given_name, name_fold, name_sort, email, password_hash, lang,
                    created_at)
values (:login, :full_name, :family_name, :middle_name, :given_name, :name_fold, :name_sort, :email, :password_hash, :lang,
        :now)
returning id

-- name: person_set(id person_id, login text, full_name text, family_name text, middle_name text, given_name text, name_fold text, name_sort text, email text, lang text) :exec1
update person
   set login = :login, full_name = :full_name, family_name = :family_name, middle_name = :middle_name,
       given_name = :given_name, name_fold = :name_fold, name_sort = :name_sort, email = :email, lang = :lang
 where id = :id

-- name: person_set_disabled(id person_id, at int) :exec1
update person set disabled_at = nullif(:at, 0) where id = :id

-- name: person_links_end(id person_id) :exec
delete from one_time_link where person_id = :id and used_at is null

-- name: membership_add(person_id person_id, unit_id unit_id, role text, valid_from int, valid_to int) :insert
insert into membership (person_id, unit_id, role, valid_from, valid_to)
values (:person_id, :unit_id, :role, nullif(:valid_from, 0), nullif(:valid_to, 0))
returning id

-- name: membership_one(id membership_id) :one
select m.id, m.person_id, m.unit_id, m.role, m.valid_to from membership m where m.id = :id

-- name: membership_end(id membership_id, now int) :exec1
update membership set valid_to = :now where id = :id

-- name: admins_besides(person_id person_id, kept membership_id, now int) :one
-- Others who can administer today; with `kept`, one's own other memberships too.
select count(*) as admins /* int */
  from membership m
  join person p on p.id = m.person_id
 where m.role = 'admin' and p.disabled_at is null
   and coalesce(m.valid_from, 0) <= :now and coalesce(m.valid_to, 9000000000000) > :now
   and (m.person_id <> :person_id or (:kept is not null and m.id <> :kept))

-- name: person_roles(person_id person_id) :many
select m.id, m.role, m.unit_id, u.name as unit_name, m.valid_from, m.valid_to
  from membership m
  join unit u on u.id = m.unit_id
 where m.person_id = :person_id
 order by coalesce(m.valid_to, 9000000000000) desc, m.id

-- name: people_list(fold text, is_disabled int, limit int, skip int) :many
-- By given name, as lists of people go here.
select p.id, p.full_name, p.login, p.email, p.disabled_at,
       case when p.password_hash is null then 0 else 1 end as has_password /* int */
  from person p
 where (p.name_fold like '%' || :fold || '%' or p.login like '%' || :fold || '%')
   and (case when p.disabled_at is null then 0 else 1 end) = :is_disabled
 order by p.name_sort, p.id
 limit :limit offset :skip

-- name: people_list_roles(fold text, is_disabled int, limit int, skip int, now int) :many
-- The roles of the same page of people.
select m.person_id, m.role, u.name as unit_name
  from membership m
  join unit u on u.id = m.unit_id
  join (select p.id from person p
         where (p.name_fold like '%' || :fold || '%' or p.login like '%' || :fold || '%')
           and (case when p.disabled_at is null then 0 else 1 end) = :is_disabled
         order by p.name_sort, p.id
         limit :limit offset :skip) x on x.id = m.person_id
 where coalesce(m.valid_to, 9000000000000) > :now
 order by m.person_id, m.id

-- name: people_found(fold text, is_disabled int) :one
select count(*) as people /* int */
  from person p
 where (p.name_fold like '%' || :fold || '%' or p.login like '%' || :fold || '%')
   and (case when p.disabled_at is null then 0 else 1 end) = :is_disabled
