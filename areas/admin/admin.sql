-- The installation as a whole.

-- name: setting_one(key text) :one
select s.value from setting s where s.key = :key

-- name: demo_accounts() :many
-- Who can be tried in a demo.
select p.login, p.full_name, m.role, u.name as unit_name
  from person p
  join membership m on m.person_id = p.id
  join unit u on u.id = m.unit_id
 where p.disabled_at is null and p.login is not null
 order by p.id, m.id
 limit 40

-- name: erase_edition_page() :exec
delete from edition_page

-- name: erase_edition() :exec
delete from edition

-- name: erase_issue_step() :exec
delete from issue_step

-- name: erase_issue_question() :exec
delete from issue_question

-- name: erase_issue_item() :exec
delete from issue_item

-- name: erase_issue_removed() :exec
delete from issue_removed

-- name: erase_issue() :exec
delete from issue

-- name: erase_correction() :exec
delete from correction

-- name: erase_approval() :exec
delete from approval

-- name: erase_intake() :exec
delete from intake

-- name: erase_article_original() :exec
delete from article_original

-- name: erase_article_step() :exec
delete from article_step

-- name: erase_revision_media() :exec
delete from revision_media

-- name: erase_revision_unit() :exec
delete from revision_unit

-- name: erase_search_document() :exec
delete from search_document

-- name: erase_revision() :exec
delete from revision

-- name: erase_article() :exec
delete from article

-- name: erase_media() :exec
delete from media

-- name: erase_section() :exec
delete from section

-- name: erase_publication() :exec
delete from publication

-- name: erase_topic() :exec
delete from topic

-- name: erase_genre() :exec
delete from genre

-- name: erase_audit_event() :exec
delete from audit_event

-- name: erase_job() :exec
delete from job

-- name: erase_one_time_link() :exec
delete from one_time_link

-- name: erase_session() :exec
delete from session

-- name: erase_membership() :exec
delete from membership

-- name: erase_person() :exec
delete from person

-- name: erase_unit() :exec
delete from unit

-- name: erase_setting() :exec
delete from setting
