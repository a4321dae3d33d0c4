-- What readers can search: the public text of each published article, as plain text. On SQLite an FTS5 index with our
-- tokenizer stands beside it; on PostgreSQL the syllables and pairs of syllables, in `grams`, carry a GIN index.
create table search_document (
    article_id REF(article) not null primary key,
    title      TEXT not null,
    standfirst TEXT not null,
    body       TEXT not null,
    grams      TEXT not null default ''
);

-- sqlite:
create virtual table search_index using fts5(title, standfirst, body, content = 'search_document',
                                             content_rowid = 'article_id', tokenize = 'vi');
-- postgres:
create index search_document_grams on search_document using gin (string_to_array(grams, ' '));
