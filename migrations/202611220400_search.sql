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
create trigger search_document_added after insert on search_document begin
    insert into search_index (rowid, title, standfirst, body) values (new.article_id, new.title, new.standfirst, new.body);
end;
create trigger search_document_removed after delete on search_document begin
    insert into search_index (search_index, rowid, title, standfirst, body)
    values ('delete', old.article_id, old.title, old.standfirst, old.body);
end;
create trigger search_document_changed after update on search_document begin
    insert into search_index (search_index, rowid, title, standfirst, body)
    values ('delete', old.article_id, old.title, old.standfirst, old.body);
    insert into search_index (rowid, title, standfirst, body) values (new.article_id, new.title, new.standfirst, new.body);
end;
-- postgres:
create index search_document_grams on search_document using gin (string_to_array(grams, ' '));
