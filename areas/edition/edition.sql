-- What the press is given of an issue.

-- name: edition_items(id issue_id, preview int, reach int, reader person_id, now int) :many
-- The contents as an audience may see them. Before publication: as they would be, each article taken for published.
select it.id, it.article_id, it.is_read_aloud, a.slug, a.public_id /* revision_id */, r.title, r.kicker, r.standfirst, r.authors,
       r.body, r.visibility, coalesce(s.name, '') as section_name /* text */, coalesce(u.name, '') as unit_name /* text */
  from issue_item it
  join article a on a.id = it.article_id
  join revision r on r.id = coalesce(a.public_id, a.head_id)
  left join section s on s.id = it.section_id
  left join unit u on u.id = r.unit_id
 where it.issue_id = :id
   and (@visible(a)
        or (:preview = 1 and a.public_id is null and a.state <> 'withdrawn'
            and case r.visibility when 'public' then 0 when 'members' then 1 else 2 end <= :reach))
 order by it.position, it.id

-- name: edition_picture(hash text) :one
select m.width, m.height from media m where m.hash = :hash

