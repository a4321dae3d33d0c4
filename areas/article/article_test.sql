-- A small organisation to test in.

-- name: test_unit_add(parent_id unit_id, path text, name text) :insert
insert into unit (parent_id, path, name, name_fold, name_sort, kind)
values (:parent_id, :path, :name, :name, :name, 'x')
returning id

-- name: test_person_add(name text, now int) :insert
insert into person (full_name, family_name, given_name, name_fold, name_sort, created_at)
values (:name, :name, :name, :name, :name, :now)
returning id

-- name: test_member_add(person_id person_id, unit_id unit_id, role text) :exec
insert into membership (person_id, unit_id, role) values (:person_id, :unit_id, :role)

-- name: test_publication_add(code text, now int) :insert
insert into publication (code, name, name_fold, is_main, created_at)
values (:code, :code, :code, case when :code = 'tt' then 1 else 0 end, :now)
returning id

-- name: test_section_add(publication_id publication_id, slug text) :insert
insert into section (publication_id, name, slug, position) values (:publication_id, :slug, :slug, 1) returning id

-- name: test_topic_add(slug text) :insert
insert into topic (name, slug, position) values (:slug, :slug, 1) returning id

-- name: test_genre_add(slug text) :insert
insert into genre (name, slug, position) values (:slug, :slug, 1) returning id

-- name: test_articles_fill(publication_id publication_id, who person_id, most int, now int) :exec
-- Many articles at once, for measuring: every state, all sections; their one revision is the first article's.
-- sqlite:
with recursive n (i) as (select 1 union all select i + 1 from n where i < :most)
insert into article (publication_id, state, state_at, head_id, title, title_fold, section_id, words, created_by, created_at, updated_at)
select :publication_id, case i % 20 when 0 then 'draft' when 1 then 'review' when 2 then 'returned' when 3 then 'accepted' when 4 then 'withdrawn' else 'published' end,
       :now - i * 60, 1, 'Bài thử số ' || i, 'bai thu so ' || i || case when i % 1000 = 7 then ' hiem co' else '' end, 1 + i % 2, i % 900, :who, :now - i * 61, :now - i * 60
  from n
-- postgres:
insert into article (publication_id, state, state_at, head_id, title, title_fold, section_id, words, created_by, created_at, updated_at)
select :publication_id, case i % 20 when 0 then 'draft' when 1 then 'review' when 2 then 'returned' when 3 then 'accepted' when 4 then 'withdrawn' else 'published' end,
       :now - i * 60, 1, 'Bài thử số ' || i, 'bai thu so ' || i || case when i % 1000 = 7 then ' hiem co' else '' end, 1 + i % 2, i % 900, :who, :now - i * 61, :now - i * 60
  from generate_series(1, :most) as n (i)
-- both:

-- name: test_count_revisions(article_id article_id) :one
select count(*) as n /* int */ from revision r where r.article_id = :article_id
