-- Issues, their ordered contents, and the editions made from them.

-- name: issue_whole(id issue_id) :one
select i.id, i.publication_id, i.year, i.number, i.title, i.date, i.state, i.cover, i.editorial, i.licence, i.editor_name,
       i.printer, i.print_run, i.revision, i.hash, i.scheduled_at, i.published_at, i.updated_at,
       p.code as publication_code, p.name as publication_name, p.subtitle as publication_subtitle, p.organisation,
       p.address, p.is_main, p.page_format
  from issue i
  join publication p on p.id = i.publication_id
 where i.id = :id

-- name: issue_by_number(publication_id publication_id, year int, number int) :one
select i.id, i.state from issue i
 where i.publication_id = :publication_id and i.year = :year and i.number = :number

-- name: issue_last_number(publication_id publication_id, year int) :one
select coalesce(max(i.number), 0) as number /* int */
  from issue i
 where i.publication_id = :publication_id and i.year = :year

-- name: issue_items(id issue_id) :many
-- The contents in order, each with the revision that stands in it: the public one, else the newest.
select it.id, it.article_id, it.section_id, it.position, it.is_read_aloud, a.state,
       r.id as revision_id, r.title, r.standfirst, r.authors, r.hash, r.visibility, r.words, a.slug,
       coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */,
       coalesce(ap.hash, '') as approved_hash /* text */
  from issue_item it
  join article a on a.id = it.article_id
  join revision r on r.id = coalesce(a.public_id, a.head_id)
  left join section s on s.id = it.section_id
  left join unit u on u.id = r.unit_id
  left join approval ap on ap.object_kind = 'article' and ap.object_id = a.id and ap.voided_at is null
 where it.issue_id = :id
 order by it.position, it.id

-- name: issue_item_one(id issue_item_id) :one
select it.id, it.issue_id, it.article_id, it.section_id, it.position, it.is_read_aloud
  from issue_item it
 where it.id = :id

-- name: issue_questions(id issue_id) :many
select q.id, q.item_id, q.position, q.text from issue_question q
 where q.issue_id = :id
 order by q.position, q.id

-- name: issue_add(publication_id publication_id, year int, number int, date text, who person_id, now int) :insert
insert into issue (publication_id, year, number, date, state, created_by, created_at, updated_at)
values (:publication_id, :year, :number, :date, 'making', :who, :now, :now)
returning id

-- name: issue_touch(id issue_id, base int, now int) :exec1
-- Every change counts up; a change made from an older state is a conflict.
update issue set revision = revision + 1, updated_at = :now where id = :id and revision = :base

-- name: issue_set_front(id issue_id, number int, year int, title text, title_fold text, date text, cover text, editorial text, licence text, editor_name text, printer text, print_run int) :exec1
update issue
   set number = :number, year = :year, title = :title, title_fold = :title_fold, date = :date, cover = :cover, editorial = :editorial,
       licence = :licence, editor_name = :editor_name, printer = :printer, print_run = :print_run
 where id = :id

-- name: issue_set_state(id issue_id, state text, hash text, scheduled_at int, now int) :exec1
update issue set state = :state, hash = :hash, scheduled_at = nullif(:scheduled_at, 0), updated_at = :now where id = :id

-- name: issue_set_published(id issue_id, now int) :exec1
update issue
   set state = 'published', published_at = coalesce(published_at, :now), scheduled_at = null, updated_at = :now
 where id = :id

-- name: issue_step_add(issue_id issue_id, state text, note text, who person_id, now int) :insert
insert into issue_step (issue_id, state, note, person_id, at) values (:issue_id, :state, :note, :who, :now)
returning id

-- name: issue_steps(id issue_id) :many
select st.state, st.note, st.at, coalesce(p.full_name, '') as person_name /* text */
  from issue_step st
  left join person p on p.id = st.person_id
 where st.issue_id = :id
 order by st.id desc

-- name: issue_item_add(issue_id issue_id, article_id article_id, section_id section_id, position int) :insert
insert into issue_item (issue_id, article_id, section_id, position)
values (:issue_id, :article_id, :section_id, :position)
returning id

-- name: issue_item_remove(id issue_item_id) :exec1
delete from issue_item where id = :id

-- name: issue_item_place(id issue_item_id, position int) :exec1
update issue_item set position = :position where id = :id

-- name: issue_item_set_section(id issue_item_id, section_id section_id) :exec1
update issue_item set section_id = :section_id where id = :id

-- name: issue_item_set_read_aloud(id issue_item_id, is_read_aloud int) :exec1
update issue_item set is_read_aloud = :is_read_aloud where id = :id

-- name: issue_questions_clear(issue_id issue_id, item_id issue_item_id) :exec
delete from issue_question where issue_id = :issue_id and coalesce(item_id, 0) = coalesce(:item_id, 0)

-- name: issue_question_add(issue_id issue_id, item_id issue_item_id, position int, text text) :insert
insert into issue_question (issue_id, item_id, position, text) values (:issue_id, :item_id, :position, :text)
returning id

-- name: issues_due(now int) :many
select i.id, i.scheduled_at from issue i
 where i.state = 'scheduled' and i.scheduled_at <= :now
 order by i.scheduled_at nulls last, i.id

-- name: issues_with_article(article_id article_id) :many
select i.id, i.state, i.revision from issue_item it
  join issue i on i.id = it.issue_id
 where it.article_id = :article_id

-- name: edition_add(issue_id issue_id, format text, audience int, hash text, file_hash text, bytes int, pages int, now int) :insert
insert into edition (issue_id, format, audience, hash, file_hash, bytes, pages, made_at)
values (:issue_id, :format, :audience, :hash, :file_hash, :bytes, :pages, :now)
returning id

-- name: edition_supersede(issue_id issue_id, format text, audience int, now int) :exec
update edition set superseded_at = :now
 where issue_id = :issue_id and format = :format and audience = :audience and superseded_at is null

-- name: editions_hold_back(issue_id issue_id, now int) :exec
-- The issue's editions that hold an article whoever gets them may no longer read. New ones without it are on their way;
-- until then there are none. What an edition holds, the newest PDF for its audience tells.
update edition
   set superseded_at = :now
 where issue_id = :issue_id and superseded_at is null
   and exists (select 1
                 from edition_page ep
                 join edition e on e.id = ep.edition_id
                 join article a on a.id = ep.article_id
                where (a.state <> 'published' or a.audience > e.audience)
                  and e.id = (select max(n.id)
                                from edition n
                               where n.issue_id = :issue_id and n.audience = edition.audience and n.format = 'pdf-a4'))

-- name: edition_page_add(edition_id edition_id, article_id article_id, page int) :exec
insert into edition_page (edition_id, article_id, page) values (:edition_id, :article_id, :page)

-- name: editions_of(issue_id issue_id) :many
select e.id, e.format, e.audience, e.hash, e.file_hash, e.bytes, e.pages, e.made_at, e.superseded_at
  from edition e
 where e.issue_id = :issue_id
 order by e.id desc

-- name: edition_current(issue_id issue_id, format text, audience int) :one
select e.id, e.hash, e.file_hash, e.bytes, e.pages, e.made_at
  from edition e
 where e.issue_id = :issue_id and e.format = :format and e.audience = :audience and e.superseded_at is null
 order by e.id desc
 limit 1

-- name: edition_pages(edition_id edition_id) :many
select ep.article_id, ep.page from edition_page ep where ep.edition_id = :edition_id

-- name: issue_removed_add(issue_id issue_id, article_id article_id, section_id section_id, position int, is_read_aloud int, questions text, now int) :insert
insert into issue_removed (issue_id, article_id, section_id, position, is_read_aloud, questions, at)
values (:issue_id, :article_id, :section_id, :position, :is_read_aloud, :questions, :now)
returning id

-- name: issue_removed_forget(issue_id issue_id, article_id article_id) :exec
delete from issue_removed where issue_id = :issue_id and article_id = :article_id

-- name: issue_removed_one(issue_id issue_id, article_id article_id) :one
select rm.section_id, rm.position, rm.is_read_aloud, rm.questions, a.title
  from issue_removed rm
  join article a on a.id = rm.article_id
 where rm.issue_id = :issue_id and rm.article_id = :article_id

-- name: issue_publications() :many
-- Those an issue can be made of, with the number that comes next in a year.
select p.id, p.code, p.name, p.licence, p.editor_name, p.printer, p.print_run, p.is_main
  from publication p
 where p.archived_at is null
 order by p.is_main desc, p.id
 limit 200

-- name: issue_sections(publication_id publication_id) :many
select s.id, s.name, s.min_items, s.max_items
  from section s
 where s.publication_id = :publication_id and s.archived_at is null
 order by s.position, s.id
 limit 300

-- name: issue_list(publication_id publication_id, state text, words text, number int, year int, rows_most int, rows_skip int) :many
-- What is being made first, then the newest. state: '' all, 'open' not yet published, or a state.
select i.id, i.year, i.number, i.title, i.date, i.state, i.scheduled_at, i.published_at, i.updated_at, p.name as publication_name,
       (select count(*) from issue_item it where it.issue_id = i.id) as items /* int */
  from issue i
  join publication p on p.id = i.publication_id
 where (:publication_id is null or i.publication_id = :publication_id)
   and (:state = '' or i.state = :state or (:state = 'open' and i.state not in ('published', 'withdrawn')))
   and (:words = '' or i.title_fold like :words or (i.number = :number and (:year = 0 or i.year = :year))
        or (:number = 0 and i.year = :year))
 order by case when i.state in ('published', 'withdrawn') then 1 else 0 end, i.year desc, i.number desc, i.id desc
 limit :rows_most offset :rows_skip

-- name: issue_candidates(issue_id issue_id, publication_id publication_id, words text, any int, rows_most int, rows_skip int) :many
-- Articles that can be put in: accepted ones first, then those published alone; with `any` also those that are not
-- ready, or stand in another issue.
select a.id, a.state, a.title, a.words, a.updated_at, coalesce(s.name, '') as section_name /* text */,
       coalesce(u.name, '') as unit_name /* text */, r.visibility, r.authors,
       coalesce((select max(oi.year * 10000 + oi.number)
                   from issue_item oit
                   join issue oi on oi.id = oit.issue_id
                  where oit.article_id = a.id and oi.state <> 'withdrawn'), 0) as other_issue /* int */
  from article a
  join revision r on r.id = coalesce(a.public_id, a.head_id)
  left join section s on s.id = r.section_id
  left join unit u on u.id = r.unit_id
 where a.publication_id = :publication_id and a.state <> 'withdrawn'
   and not exists (select 1 from issue_item it where it.issue_id = :issue_id and it.article_id = a.id)
   and (:any = 1 or (a.state in ('accepted', 'published')
                     and not exists (select 1
                                       from issue_item oit
                                       join issue oi on oi.id = oit.issue_id
                                      where oit.article_id = a.id and oi.state <> 'withdrawn')))
   and (:words = '' or a.title_fold like :words)
 order by case a.state when 'accepted' then 0 when 'published' then 1 else 2 end, a.updated_at desc, a.id desc
 limit :rows_most offset :rows_skip

-- name: issue_last_voided(id int) :one
-- The last signature that no longer holds.
select ap.hash, ap.at, ap.voided_at, ap.voided_why, coalesce(p.full_name, '') as person_name /* text */
  from approval ap
  left join person p on p.id = ap.person_id
 where ap.object_kind = 'issue' and ap.object_id = :id and ap.voided_at is not null
 order by ap.id desc
 limit 1

-- name: issue_cover(hash text) :one
select m.renditions, m.width, m.height from media m where m.hash = :hash and m.kind = 'picture'

-- name: issue_cover_add(hash text, mime text, file_name text, bytes int, width int, height int, renditions text, who person_id, now int) :exec
insert into media (hash, kind, mime, file_name, bytes, width, height, renditions, person_id, created_at)
values (:hash, 'picture', :mime, :file_name, :bytes, :width, :height, :renditions, :who, :now)
on conflict (hash) do nothing
