-- What the newsroom's lists and steps need beside the text.

alter table article add column state_at INT not null default 0;   -- when the state last changed: how long it waits
alter table article add column passed_at INT;                     -- an editor has passed it on to the approver
alter table article add column editor_id REF(person);             -- who has taken it
update article set state_at = updated_at;

alter table correction add column sent_at INT;                    -- waits for the approver

create index article_waiting on article (state, state_at, id);
create index article_topic_updated on article (topic_id, updated_at, id);
create index article_genre_updated on article (genre_id, updated_at, id);
create index article_unit_updated on article (unit_id, updated_at, id);
create index article_titles on article (updated_at, id, title_fold);
create index correction_open on correction (approved_at, opened_at);
create index approval_revision on approval (object_kind, object_id, id);
