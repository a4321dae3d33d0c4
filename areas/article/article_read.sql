-- What the newsroom's pages of articles read. Nothing here decides who may: the pages ask article_may_see.

-- The list. One query for each filter that has an index of its own, so that a page of 50 rows is 50 steps of that index
-- and not a walk through all articles; the other filters are asked of each row on the way. Newest first, from where the
-- page before ended (keyset): before, before_id. `words` is a pattern for the folded title, '%' for any.

-- name: article_list_all(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Newest first; walks article_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and (:state is null or a.state = :state)
   and (:section is null or a.section_id = :section)
   and (:genre is null or a.genre_id = :genre)
   and (:topic is null or a.topic_id = :topic)
   and (:unit is null or a.unit_id = :unit)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_in_state(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_state_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.state = :state
   and (:section is null or a.section_id = :section)
   and (:genre is null or a.genre_id = :genre)
   and (:topic is null or a.topic_id = :topic)
   and (:unit is null or a.unit_id = :unit)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_in_section(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_section_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.section_id = :section
   and (:state is null or a.state = :state)
   and (:genre is null or a.genre_id = :genre)
   and (:topic is null or a.topic_id = :topic)
   and (:unit is null or a.unit_id = :unit)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_in_genre(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_genre_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.genre_id = :genre
   and (:state is null or a.state = :state)
   and (:section is null or a.section_id = :section)
   and (:topic is null or a.topic_id = :topic)
   and (:unit is null or a.unit_id = :unit)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_in_topic(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_topic_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.topic_id = :topic
   and (:state is null or a.state = :state)
   and (:section is null or a.section_id = :section)
   and (:genre is null or a.genre_id = :genre)
   and (:unit is null or a.unit_id = :unit)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_in_unit(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_unit_updated.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.unit_id = :unit
   and (:state is null or a.state = :state)
   and (:section is null or a.section_id = :section)
   and (:genre is null or a.genre_id = :genre)
   and (:topic is null or a.topic_id = :topic)
   and (:mine is null or a.created_by = :mine)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_list_of_person(mine person_id, unit unit_id, topic topic_id, genre genre_id, section section_id, state text, words text, before int, before_id article_id, most int) :many
-- Walks article_creator.
select a.id, a.title, a.state, a.state_at, a.updated_at, a.words, a.passed_at, a.created_by,
       coalesce(s.name, '') as section /* text */, coalesce(t.name, '') as topic /* text */,
       coalesce(g.name, '') as genre /* text */, coalesce(u.name, '') as unit /* text */,
       coalesce(p.full_name, '') as author /* text */
  from article a
  left join section s on s.id = a.section_id
  left join topic t on t.id = a.topic_id
  left join genre g on g.id = a.genre_id
  left join unit u on u.id = a.unit_id
  left join person p on p.id = a.created_by
 where (a.updated_at, a.id) < (:before, :before_id)
   and a.created_by = :mine
   and (:state is null or a.state = :state)
   and (:section is null or a.section_id = :section)
   and (:genre is null or a.genre_id = :genre)
   and (:topic is null or a.topic_id = :topic)
   and (:unit is null or a.unit_id = :unit)
   and a.title_fold like :words
 order by a.updated_at desc, a.id desc
 limit :most

-- name: article_count_states(most int) :one
-- For the tabs; counted no further than `most`.
select (select count(*) from (select 1 as one /* int */ from article a where a.state = 'draft' limit :most) x) as draft /* int */,
       (select count(*) from (select 1 as one /* int */ from article a where a.state = 'review' limit :most) x) as review /* int */,
       (select count(*) from (select 1 as one /* int */ from article a where a.state = 'returned' limit :most) x) as returned /* int */,
       (select count(*) from (select 1 as one /* int */ from article a where a.state = 'accepted' limit :most) x) as accepted /* int */,
       (select count(*) from (select 1 as one /* int */ from article a where a.state = 'published' limit :most) x) as published /* int */,
       (select count(*) from (select 1 as one /* int */ from article a where a.state = 'withdrawn' limit :most) x) as withdrawn /* int */

-- name: article_count_states_of(person person_id) :many
select a.state, count(*) as n /* int */ from article a where a.created_by = :person group by a.state

-- name: article_empty_draft_of(person person_id, publication publication_id) :one
-- A new piece that was opened and left: taken up again instead of a second one.
select a.id
  from article a
  join revision r on r.id = a.head_id
 where a.created_by = :person and a.publication_id = :publication and a.state = 'draft' and a.title = '' and a.words = 0
   and r.number = 1 and r.standfirst = '' and r.note = ''
 order by a.updated_at desc, a.id desc
 limit 1

-- name: article_page(id article_id) :one
-- An article with the revision the newsroom works on.
select a.id, a.publication_id, a.state, a.state_at, a.head_id /* revision_id */, a.public_id /* revision_id */, a.slug, a.created_by,
       a.created_at, a.published_at, a.passed_at, a.editor_id, coalesce(e.full_name, '') as editor /* text */,
       coalesce(c.full_name, '') as creator /* text */, pub.name as publication,
       r.number, r.title, r.kicker, r.standfirst, r.authors, r.body, r.section_id, r.topic_id, r.genre_id, r.unit_id,
       r.visibility, r.words, r.hash, r.created_at as saved_at, r.person_id as saved_by_id,
       coalesce(p.full_name, '') as saved_by /* text */
  from article a
  join revision r on r.id = a.head_id
  join publication pub on pub.id = a.publication_id
  left join person p on p.id = r.person_id
  left join person e on e.id = a.editor_id
  left join person c on c.id = a.created_by
 where a.id = :id

-- name: article_steps(id article_id) :many
-- The newest first.
select st.id, st.revision_id, st.state, st.note, st.at, r.number, coalesce(p.full_name, '') as person_name /* text */
  from article_step st
  join revision r on r.id = st.revision_id
  left join person p on p.id = st.person_id
 where st.article_id = :id
 order by st.id desc
 limit 60

-- name: article_revisions(id article_id, below int, most int) :many
select r.id, r.base_id, r.number, r.title, r.words, r.hash, r.note, r.created_at, coalesce(p.full_name, '') as person_name /* text */
  from revision r
  left join person p on p.id = r.person_id
 where r.article_id = :id and r.number < :below
 order by r.number desc
 limit :most

-- name: article_approvals(id article_id) :many
-- All signatures, the newest first.
select ap.id, ap.revision_id, ap.hash, ap.at, ap.voided_at, ap.voided_why, coalesce(p.full_name, '') as person_name /* text */
  from approval ap
  left join person p on p.id = ap.person_id
 where ap.object_kind = 'article' and ap.object_id = :id
 order by ap.id desc
 limit 20

-- name: article_media(revision_id revision_id) :many
-- Every picture, sound and video of a revision, with what a page needs to show it.
select m.hash, m.kind, m.mime, m.width, m.height, m.renditions, m.file_name
  from revision_media rm
  join media m on m.hash = rm.hash
 where rm.revision_id = :revision_id
 order by m.hash

-- Choices of the form. What is archived stays choosable where it is chosen already.

-- name: choices_of_sections(publication publication_id, chosen section_id) :many
select s.id, s.name from section s
 where s.publication_id = :publication and (s.archived_at is null or s.id = :chosen)
 order by s.position, s.id

-- name: choices_of_words(topic topic_id, genre genre_id) :many
-- Topics and genres at once: is_genre tells which.
select x.is_genre, x.id /* int */, x.name
  from (select 0 as is_genre /* int */, t.id, t.name, t.position, t.archived_at
          from topic t where t.archived_at is null or t.id = :topic
        union all
        select 1 as is_genre /* int */, g.id, g.name, g.position, g.archived_at
          from genre g where g.archived_at is null or g.id = :genre) x
 order by x.is_genre, x.position, x.id

-- name: choices_of_all_sections() :many
-- For the list's filter, over all publications.
select s.id, s.name, pub.name as publication
  from section s
  join publication pub on pub.id = s.publication_id
 where s.archived_at is null
 order by pub.is_main desc, pub.id, s.position, s.id
 limit 200

-- name: choices_of_units(chosen unit_id, of revision_id, now int) :many
-- The organisation's upper levels, and what is chosen already at any depth; in the order of the tree.
select u.id, u.name, u.path
  from unit u
 where (coalesce(u.valid_to, 9000000000000) > :now and length(u.path) - length(replace(u.path, '/', '')) <= 4)
    or u.id = :chosen
    or exists (select 1 from revision_unit ru where ru.revision_id = :of and ru.unit_id = u.id)
 order by u.path, u.id
 limit 400

-- name: units_found(words text, now int) :many
-- By folded name, for the unit that is too deep for the list.
select u.id, u.name, u.path from unit u
 where u.name_fold like :words and coalesce(u.valid_to, 9000000000000) > :now
 order by u.name_sort, u.id
 limit 30

-- name: choices_of_publications() :many
select x.id, x.name from publication x where x.archived_at is null order by x.is_main desc, x.id

-- name: choice_names(section section_id, topic topic_id, genre genre_id, unit unit_id) :one
-- The names behind numbers; empty for none.
select coalesce((select s.name from section s where s.id = :section), '') as section /* text */,
       coalesce((select t.name from topic t where t.id = :topic), '') as topic /* text */,
       coalesce((select g.name from genre g where g.id = :genre), '') as genre /* text */,
       coalesce((select u.name from unit u where u.id = :unit), '') as unit /* text */
