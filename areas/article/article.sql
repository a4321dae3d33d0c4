-- Articles and their revisions.

-- name: article_for_rules(id article_id) :one
-- What every rule looks at before it changes something.
select a.id, a.publication_id, a.state, a.head_id /* revision_id */, a.public_id /* revision_id */, a.created_by,
       a.passed_at, a.editor_id, r.hash, r.title, r.visibility, r.section_id
  from article a
  join revision r on r.id = a.head_id
 where a.id = :id

-- name: revision_last_number(article_id article_id) :one
-- A revision put aside has a number too, so the head's is not always the last.
select coalesce(max(r.number), 0) as number /* int */ from revision r where r.article_id = :article_id

-- name: section_publication(id section_id) :one
select s.publication_id from section s where s.id = :id

-- name: revision_hash(id revision_id) :one
select r.hash from revision r where r.id = :id

-- name: revision_whole(id revision_id) :one
-- One revision with everything that stands in it.
select r.id, r.article_id, r.base_id, r.number, r.title, r.kicker, r.standfirst, r.authors, r.body, r.section_id, r.topic_id,
       r.genre_id, r.unit_id, r.visibility, r.words, r.hash, r.note, r.person_id, r.created_at,
       coalesce(p.full_name, '') as saved_by /* text */
  from revision r
  left join person p on p.id = r.person_id
 where r.id = :id

-- name: revision_units(id revision_id) :many
select u.id, u.name
  from revision_unit ru
  join unit u on u.id = ru.unit_id
 where ru.revision_id = :id
 order by u.id

-- name: article_add(publication_id publication_id, state text, who person_id, now int) :insert
insert into article (publication_id, state, state_at, created_by, created_at, updated_at)
values (:publication_id, :state, :now, :who, :now, :now)
returning id

-- name: revision_add(article_id article_id, base_id revision_id, number int, title text, kicker text, standfirst text, authors text, body text, section_id section_id, topic_id topic_id, genre_id genre_id, unit_id unit_id, visibility text, words int, hash text, note text, who person_id, now int) :insert
insert into revision (article_id, base_id, number, title, kicker, standfirst, authors, body, section_id, topic_id, genre_id,
                      unit_id, visibility, words, hash, note, person_id, created_at)
values (:article_id, :base_id, :number, :title, :kicker, :standfirst, :authors, :body, :section_id, :topic_id, :genre_id,
        :unit_id, :visibility, :words, :hash, :note, :who, :now)
returning id

-- name: revision_add_unit(revision_id revision_id, unit_id unit_id) :exec
insert into revision_unit (revision_id, unit_id) values (:revision_id, :unit_id)

-- name: revision_add_media(revision_id revision_id, hash text) :exec
insert into revision_media (revision_id, hash) values (:revision_id, :hash)

-- name: article_set_head(id article_id, base_id revision_id, head_id revision_id, title text, title_fold text, section_id section_id, topic_id topic_id, genre_id genre_id, unit_id unit_id, words int, now int) :exec1
-- The head moves only from the revision that the new one was made from.
update article
   set head_id = :head_id, title = :title, title_fold = :title_fold, section_id = :section_id, topic_id = :topic_id,
       genre_id = :genre_id, unit_id = :unit_id, words = :words, updated_at = :now
 where id = :id and coalesce(head_id, 0) = coalesce(:base_id, 0)

-- name: article_set_state(id article_id, state text, now int) :exec1
-- What goes back to its author has to be passed on to the approver again.
update article
   set state = :state, state_at = :now, updated_at = :now,
       passed_at = case when :state = 'returned' then null else passed_at end
 where id = :id

-- name: article_set_passed(id article_id, now int) :exec1
update article set passed_at = :now, state_at = :now, updated_at = :now where id = :id

-- name: article_set_editor(id article_id, editor_id person_id) :exec1
update article set editor_id = :editor_id where id = :id

-- name: article_set_public(id article_id, public_id revision_id, section_id section_id, slug text, audience int, now int) :exec1
-- The first time of publication stays; a correction does not make an article new.
update article
   set state = 'published', state_at = :now, public_id = :public_id, public_section_id = :section_id, slug = :slug,
       audience = :audience, updated_at = :now, published_at = coalesce(published_at, :now)
 where id = :id

-- name: article_step_add(article_id article_id, revision_id revision_id, state text, note text, who person_id, now int) :insert
insert into article_step (article_id, revision_id, state, note, person_id, at)
values (:article_id, :revision_id, :state, :note, :who, :now)
returning id

-- name: approval_add(object_kind text, object_id int, revision_id revision_id, hash text, who person_id, now int) :insert
insert into approval (object_kind, object_id, revision_id, hash, person_id, at)
values (:object_kind, :object_id, :revision_id, :hash, :who, :now)
returning id

-- name: approval_void(object_kind text, object_id int, why text, now int) :exec
update approval set voided_at = :now, voided_why = :why
 where object_kind = :object_kind and object_id = :object_id and voided_at is null

-- name: approval_valid(object_kind text, object_id int) :one
-- The signature that holds, if one does.
select ap.id, ap.hash, ap.revision_id, ap.person_id, ap.at, coalesce(p.full_name, '') as person_name /* text */
  from approval ap
  left join person p on p.id = ap.person_id
 where ap.object_kind = :object_kind and ap.object_id = :object_id and ap.voided_at is null
 order by ap.id desc
 limit 1

-- name: correction_open(article_id article_id) :one
-- The correction being prepared, if there is one.
select c.id, c.old_id, c.kind, c.reason, c.is_shown, c.person_id, c.opened_at, c.sent_at,
       coalesce(p.full_name, '') as person_name /* text */
  from correction c
  left join person p on p.id = c.person_id
 where c.article_id = :article_id and c.approved_at is null
 order by c.id desc
 limit 1

-- name: correction_add(article_id article_id, old_id revision_id, kind text, reason text, is_shown int, who person_id, now int) :insert
insert into correction (article_id, old_id, kind, reason, is_shown, person_id, opened_at)
values (:article_id, :old_id, :kind, :reason, :is_shown, :who, :now)
returning id

-- name: correction_send(id correction_id, at int) :exec1
update correction set sent_at = nullif(:at, 0) where id = :id and approved_at is null

-- name: correction_approve(id correction_id, new_id revision_id, who person_id, now int) :exec1
update correction set new_id = :new_id, approved_by = :who, approved_at = :now where id = :id and approved_at is null

-- name: correction_drop(id correction_id) :exec1
delete from correction where id = :id and approved_at is null

-- name: corrections_shown(article_id article_id) :many
-- What readers are told has been changed, newest first.
select c.kind, c.reason, c.approved_at
  from correction c
 where c.article_id = :article_id and c.approved_at is not null and c.is_shown = 1
 order by c.id desc

-- name: article_original_add(article_id article_id, hash text, file_name text, bytes int, report text, who person_id, now int) :insert
insert into article_original (article_id, hash, file_name, bytes, report, person_id, created_at)
values (:article_id, :hash, :file_name, :bytes, :report, :who, :now)
returning id

-- name: article_originals(article_id article_id) :many
select o.id, o.hash, o.file_name, o.bytes, o.report, o.created_at
  from article_original o
 where o.article_id = :article_id
 order by o.id

-- name: media_add(hash text, kind text, mime text, file_name text, bytes int, width int, height int, duration_ms int, renditions text, who person_id, now int) :exec
-- The same file sent twice is one medium.
insert into media (hash, kind, mime, file_name, bytes, width, height, duration_ms, renditions, person_id, created_at)
values (:hash, :kind, :mime, :file_name, :bytes, :width, :height, :duration_ms, :renditions, :who, :now)
on conflict (hash) do nothing
