-- What waits for somebody. It reads the tables of articles and issues together, as no one room does.

-- name: desk_own(person person_id) :many
-- What one writes oneself and has in hand; the reason of the last return with it.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.head_id /* revision_id */,
       coalesce((select st.note from article_step st where st.article_id = a.id order by st.id desc limit 1), '') as note /* text */,
       coalesce((select p.full_name from article_step st join person p on p.id = st.person_id
                  where st.article_id = a.id order by st.id desc limit 1), '') as by_whom /* text */
  from article a
 where a.created_by = :person and a.state in ('draft', 'returned')
 order by a.updated_at desc, a.id desc
 limit 40

-- name: desk_sent(person person_id) :many
-- Where one's own pieces are that somebody else has now.
select a.id, a.title, a.state, a.state_at, a.passed_at, coalesce(e.full_name, '') as editor /* text */
  from article a
  left join person e on e.id = a.editor_id
 where a.created_by = :person and a.state not in ('draft', 'returned')
 order by a.updated_at desc, a.id desc
 limit 12

-- name: desk_to_edit(person person_id) :many
-- Sent by its author, decided by nobody; taken by no other editor.
select a.id, a.title, a.state_at, a.words, a.head_id /* revision_id */, a.editor_id,
       coalesce(u.name, '') as unit /* text */, coalesce(p.full_name, '') as author /* text */
  from article a
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where a.state = 'review' and a.passed_at is null and (a.editor_id is null or a.editor_id = :person)
 order by a.state_at, a.id
 limit 40

-- name: desk_unplaced() :many
-- Approved, in no issue, not on the web.
select a.id, a.title, a.state_at, a.words, coalesce(s.name, '') as section /* text */
  from article a
  left join section s on s.id = a.section_id
 where a.state = 'accepted' and not exists (select 1 from issue_item it where it.article_id = a.id)
 order by a.state_at, a.id
 limit 40

-- name: desk_corrections() :many
-- Corrections in the making (sent_at 0) or waiting for the approver.
select c.article_id, a.title, c.opened_at, c.sent_at, c.reason, coalesce(p.full_name, '') as by_whom /* text */
  from correction c
  join article a on a.id = c.article_id
  left join person p on p.id = c.person_id
 where c.approved_at is null
 order by c.opened_at, c.id
 limit 40

-- name: desk_to_approve() :many
-- Passed on by an editor; with the revision signed last, where a signature was voided since.
select a.id, a.title, a.passed_at, a.words, a.head_id /* revision_id */, coalesce(s.name, '') as section /* text */,
       (select ap.revision_id from approval ap where ap.object_kind = 'article' and ap.object_id = a.id
         order by ap.id desc limit 1) as signed_id /* int */
  from article a
  left join section s on s.id = a.section_id
 where a.state = 'review' and a.passed_at is not null
 order by a.passed_at nulls first, a.id
 limit 40

-- name: desk_issues(state text) :many
select i.id, i.number, i.year, i.title, i.date, i.updated_at, p.name as publication
  from issue i
  join publication p on p.id = i.publication_id
 where i.state = :state
 order by i.updated_at, i.id
 limit 20
