-- Publications and their words, articles and their revisions, pictures and sound.

create table publication (
    id           ID,
    code         TEXT not null,             -- in addresses and on the command line
    name         TEXT not null,
    name_fold    TEXT not null,
    subtitle     TEXT not null default '',
    organisation TEXT not null default '',
    unit_id      REF(unit),
    is_main      BOOL not null default 0,   -- its issues have the short address /so/YYYY/N
    page_format  TEXT not null default 'a4' check (page_format in ('a4', 'a5')),
    licence      TEXT not null default '',
    editor_name  TEXT not null default '',
    printer      TEXT not null default '',
    print_run    INT not null default 0,
    address      TEXT not null default '',
    created_at   INT not null,
    archived_at  INT
);
create unique index publication_code on publication (code);

create table section (
    id             ID,
    publication_id REF(publication) not null,
    name           TEXT not null,
    slug           TEXT not null,
    position       INT not null,
    min_items      INT not null default 0,
    max_items      INT not null default 0,  -- 0: no maximum
    archived_at    INT
);
create unique index section_slug on section (publication_id, slug);

create table topic (
    id          ID,
    name        TEXT not null,
    slug        TEXT not null,
    position    INT not null,
    archived_at INT
);
create unique index topic_slug on topic (slug);

create table genre (
    id          ID,
    name        TEXT not null,
    slug        TEXT not null,
    position    INT not null,
    archived_at INT
);
create unique index genre_slug on genre (slug);

-- A stored original; the bytes are in the media folder under their hash.
create table media (
    id          ID,
    hash        TEXT not null,
    kind        TEXT not null check (kind in ('picture', 'sound', 'video', 'file')),
    mime        TEXT not null,
    file_name   TEXT not null default '',
    bytes       INT not null,
    width       INT not null default 0,
    height      INT not null default 0,
    duration_ms INT not null default 0,
    renditions  TEXT not null default '',   -- widths that exist besides the original: '480,960,1600'
    person_id   REF(person),
    created_at  INT not null
);
create unique index media_hash on media (hash);

create table article_state (
    code     TEXT not null primary key,
    position INT not null
);
insert into article_state (code, position) values
    ('draft', 1), ('review', 2), ('returned', 3), ('accepted', 4), ('published', 5), ('withdrawn', 6);

-- What lists need stands here too, copied from the head revision by article_set_head.
create table article (
    id             ID,
    publication_id REF(publication) not null,
    state          TEXT not null references article_state (code),
    head_id        INT,                     -- revision: what the newsroom works on
    public_id      INT,                     -- revision: what readers see; null until published
    slug           TEXT not null default '',
    title          TEXT not null default '',
    title_fold     TEXT not null default '',
    section_id     REF(section),
    topic_id       REF(topic),
    genre_id       REF(genre),
    unit_id        REF(unit),
    words          INT not null default 0,
    audience       INT not null default 0,  -- of the public revision: 0 everybody, 1 members, 2 named units
    created_by     REF(person),
    created_at     INT not null,
    updated_at     INT not null,
    published_at   INT
);
create index article_updated on article (updated_at, id);
create index article_state_updated on article (state, updated_at, id);
create index article_section_updated on article (section_id, updated_at, id);
create index article_public on article (published_at, id);
create index article_section_public on article (section_id, published_at, id);
create index article_creator on article (created_by, updated_at, id);
create index article_publication on article (publication_id, updated_at, id);

-- One immutable state of an article. The hash covers text, metadata, visibility and media (article_hash).
create table revision (
    id          ID,
    article_id  REF(article) not null,
    base_id     INT,                        -- the revision it was made from
    number      INT not null,               -- 1, 2, 3 … within the article
    title       TEXT not null,
    kicker      TEXT not null default '',
    standfirst  TEXT not null default '',
    authors     TEXT not null default '[]', -- [{"name","role","unit"}], in order
    body        TEXT not null,              -- platform/html/body.h, canonical JSON
    section_id  REF(section),
    topic_id    REF(topic),
    genre_id    REF(genre),
    unit_id     REF(unit),
    visibility  TEXT not null default 'public' check (visibility in ('public', 'members', 'units')),
    words       INT not null,
    hash        TEXT not null,
    note        TEXT not null default '',   -- where it came from: an import, an older revision, a correction
    person_id   REF(person),
    created_at  INT not null
);
create unique index revision_number on revision (article_id, number);

create table revision_unit (
    revision_id REF(revision) not null,
    unit_id     REF(unit) not null,
    primary key (revision_id, unit_id)
);
create table revision_media (
    revision_id REF(revision) not null,
    hash        TEXT not null,
    primary key (revision_id, hash)
);
create index revision_media_hash on revision_media (hash);

-- Each change of state: who, when, on which revision, with which words.
create table article_step (
    id          ID,
    article_id  REF(article) not null,
    revision_id REF(revision) not null,
    state       TEXT not null references article_state (code),
    note        TEXT not null default '',
    person_id   REF(person),
    at          INT not null
);
create index article_step_article on article_step (article_id, id);

-- The file an article came from, as it arrived.
create table article_original (
    id         ID,
    article_id REF(article) not null,
    hash       TEXT not null,
    file_name  TEXT not null,
    bytes      INT not null,
    report     TEXT not null default '[]',  -- what the import changed
    person_id  REF(person),
    created_at INT not null
);
create index article_original_article on article_original (article_id);

-- A signature on one exact hash. Any later change voids it and says so.
create table approval (
    id          ID,
    object_kind TEXT not null check (object_kind in ('article', 'issue')),
    object_id   INT not null,
    revision_id REF(revision),
    hash        TEXT not null,
    person_id   REF(person),
    at          INT not null,
    voided_at   INT,
    voided_why  TEXT not null default ''
);
create index approval_object on approval (object_kind, object_id);

-- A change of a published text: what was wrong, what stands there now.
create table correction (
    id          ID,
    article_id  REF(article) not null,
    old_id      REF(revision) not null,
    new_id      REF(revision),
    kind        TEXT not null check (kind in ('typing', 'fact', 'addition', 'withdrawal')),
    reason      TEXT not null,
    is_shown    BOOL not null default 1,
    person_id   REF(person),
    opened_at   INT not null,
    approved_by REF(person),
    approved_at INT
);
create index correction_article on correction (article_id);
