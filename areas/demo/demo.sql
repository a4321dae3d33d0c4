-- What the demo needs where a room has no verb of its own.

-- name: demo_counts() :one
select (select count(*) from unit) as units /* int */, (select count(*) from person) as people /* int */,
       (select count(*) from article) as articles /* int */, (select count(*) from issue) as issues /* int */,
       (select count(*) from media) as media /* int */, (select count(*) from publication) as publications /* int */

-- name: demo_setting() :one
select s.value from setting s where s.key = 'demo'

-- name: demo_unit_add(parent_id unit_id, name text, name_fold text, name_sort text, kind text, code text, position int) :insert
insert into unit (parent_id, path, name, name_fold, name_sort, kind, code, position)
values (:parent_id, '', :name, :name_fold, :name_sort, :kind, :code, :position)
returning id

-- name: demo_unit_set_path(id unit_id, path text) :exec1
update unit set path = :path where id = :id

-- name: demo_unit_by_code(code text) :one
select u.id, u.path, u.name from unit u where u.code = :code

-- name: demo_person_add(login text, full_name text, family_name text, middle_name text, given_name text, name_fold text, name_sort text, password_hash text, now int) :insert
insert into person (login, full_name, family_name, middle_name, given_name, name_fold, name_sort, password_hash, created_at)
values (:login, :full_name, :family_name, :middle_name, :given_name, :name_fold, :name_sort, :password_hash, :now)
returning id

-- name: demo_person_by_login(login text) :one
select p.id from person p where p.login = :login

-- name: demo_membership_add(person_id person_id, unit_id unit_id, role text) :insert
insert into membership (person_id, unit_id, role) values (:person_id, :unit_id, :role)
returning id

-- name: demo_publication_add(code text, name text, name_fold text, subtitle text, organisation text, unit_id unit_id, licence text, editor_name text, printer text, print_run int, address text, now int) :insert
insert into publication (code, name, name_fold, subtitle, organisation, unit_id, is_main, licence, editor_name, printer,
                         print_run, address, created_at)
values (:code, :name, :name_fold, :subtitle, :organisation, :unit_id, 1, :licence, :editor_name, :printer, :print_run,
        :address, :now)
returning id

-- name: demo_section_add(publication_id publication_id, name text, slug text, position int, min_items int, max_items int) :insert
insert into section (publication_id, name, slug, position, min_items, max_items)
values (:publication_id, :name, :slug, :position, :min_items, :max_items)
returning id

-- name: demo_topic_add(name text, slug text, position int) :insert
insert into topic (name, slug, position) values (:name, :slug, :position)
returning id

-- name: demo_genre_add(name text, slug text, position int) :insert
insert into genre (name, slug, position) values (:name, :slug, :position)
returning id

-- name: demo_section_by_slug(publication_id publication_id, slug text) :one
select s.id from section s where s.publication_id = :publication_id and s.slug = :slug

-- name: demo_topic_by_slug(slug text) :one
select tp.id from topic tp where tp.slug = :slug

-- name: demo_genre_by_slug(slug text) :one
select g.id from genre g where g.slug = :slug

-- name: demo_publication(code text) :one
select p.id, p.licence, p.editor_name, p.printer, p.print_run from publication p where p.code = :code

-- name: demo_media_add(hash text, kind text, mime text, file_name text, bytes int, width int, height int, duration_ms int, renditions text, who person_id, now int) :insert
insert into media (hash, kind, mime, file_name, bytes, width, height, duration_ms, renditions, person_id, created_at)
values (:hash, :kind, :mime, :file_name, :bytes, :width, :height, :duration_ms, :renditions, :who, :now)
on conflict (hash) do nothing
returning id

-- name: demo_item_of(issue_id issue_id, article_id article_id) :one
select it.id from issue_item it where it.issue_id = :issue_id and it.article_id = :article_id
