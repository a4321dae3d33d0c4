-- One person's pieces by state: their counts and what they have in hand, without walking all they ever wrote.

create index article_own on article (created_by, state, updated_at, id);
