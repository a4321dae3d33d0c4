-- What the demo needs where a room has no verb of its own.

-- name: demo_counts() :one
select (select count(*) from unit) as units /* int */, (select count(*) from person) as people /* int */,
       (select count(*) from article) as articles /* int */, (select count(*) from issue) as issues /* int */,
       (select count(*) from media) as media /* int */, (select count(*) from publication) as publications /* int */

-- name: demo_setting() :one
select s.value from setting s where s.key = 'demo'

-- name: demo_unit_by_code(code text) :one
select u.id, u.path, u.name from unit u where u.code = :code

-- name: demo_person_by_login(login text) :one
select p.id from person p where p.login = :login

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

-- name: demo_pictures() :many
select m.hash, m.renditions from media m where m.kind = 'picture' order by m.id

-- name: demo_item_of(issue_id issue_id, article_id article_id) :one
select it.id from issue_item it where it.issue_id = :issue_id and it.article_id = :article_id

-- For generating: what there is to choose from.

-- name: demo_units() :many
select u.id, u.name from unit u order by u.id

-- name: demo_sections(publication_id publication_id) :many
select s.id, s.name from section s where s.publication_id = :publication_id order by s.id

-- name: demo_topics() :many
select tp.id from topic tp order by tp.id

-- name: demo_genres() :many
select g.id from genre g order by g.id

-- name: demo_writers() :many
select distinct p.id, p.full_name from person p join membership m on m.person_id = p.id
 where m.role in ('contributor', 'editor') order by p.id

-- name: demo_last_ids() :one
select (select coalesce(max(id), 0) from article) as article /* int */,
       (select coalesce(max(id), 0) from revision) as revision /* int */,
       (select coalesce(max(id), 0) from issue) as issue /* int */

-- name: demo_bulk_article(id article_id, publication_id publication_id, state text, head_id revision_id, public_id revision_id, slug text, title text, title_fold text, section_id section_id, topic_id topic_id, genre_id genre_id, unit_id unit_id, words int, audience int, who person_id, created int, updated int, published int) :exec
insert into article (id, publication_id, state, head_id, public_id, slug, title, title_fold, section_id,
                     public_section_id, topic_id, genre_id, unit_id, words, audience, created_by, created_at, updated_at, state_at, published_at)
values (:id, :publication_id, :state, :head_id, :public_id, :slug, :title, :title_fold, :section_id,
        case when :public_id is not null then :section_id end, :topic_id, :genre_id, :unit_id, :words, :audience, :who, :created, :updated, :updated, nullif(:published, 0))

-- name: demo_bulk_revision(id revision_id, article_id article_id, title text, standfirst text, authors text, body text, section_id section_id, topic_id topic_id, genre_id genre_id, unit_id unit_id, visibility text, words int, hash text, who person_id, created int) :exec
insert into revision (id, article_id, number, title, standfirst, authors, body, section_id, topic_id, genre_id, unit_id,
                      visibility, words, hash, person_id, created_at)
values (:id, :article_id, 1, :title, :standfirst, :authors, :body, :section_id, :topic_id, :genre_id, :unit_id,
        :visibility, :words, :hash, :who, :created)

-- name: demo_ids_given() :one
-- Ids were written out: PostgreSQL's counters must be behind them.
-- sqlite:
select 1 as moved /* int */
-- postgres:
select setval(pg_get_serial_sequence('article', 'id'), (select max(id) from article))
     + setval(pg_get_serial_sequence('revision', 'id'), (select max(id) from revision)) as moved /* int */

-- For the tests.

-- name: demo_latest() :one
select (select coalesce(max(published_at), 0) from issue) as published_at /* int */,
       (select coalesce(max(at), 0) from article_step) as step_at /* int */

-- name: demo_audiences() :one
select (select count(*) from article where audience = 1) as members /* int */,
       (select count(*) from article where audience = 2) as units /* int */
