-- The section of the public revision: an open correction that moves the article elsewhere is not public before its approval.
alter table article add column public_section_id REF(section);
update article set public_section_id = (select r.section_id from revision r where r.id = article.public_id)
 where public_id is not null;
create index article_public_section on article (public_section_id, published_at, id);
drop index article_section_public;
