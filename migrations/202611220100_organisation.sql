-- The organisation: its settings, its tree of units, its people and what they are in which unit.

create table setting (
    key   TEXT not null primary key,
    value TEXT not null
);

-- A node of any depth and kind. Nothing is deleted: a unit ends (valid_to) or goes into another (merged_into).
create table unit (
    id          ID,
    parent_id   REF(unit),
    path        TEXT not null,              -- ids from the root, '/1/7/19/': a subtree is a prefix
    name        TEXT not null,
    name_fold   TEXT not null,
    name_sort   TEXT not null,
    kind        TEXT not null,              -- a word of the organisation's own, shown as it is
    code        TEXT,
    valid_from  INT,
    valid_to    INT,
    merged_into REF(unit),
    position    INT not null default 0
);
create index unit_parent on unit (parent_id);
create index unit_path on unit (path);
create unique index unit_code on unit (code);

create table person (
    id            ID,
    login         TEXT,
    full_name     TEXT not null,
    family_name   TEXT not null,
    middle_name   TEXT not null default '',
    given_name    TEXT not null,
    name_fold     TEXT not null,
    name_sort     TEXT not null,
    email         TEXT,
    password_hash TEXT,                     -- argon2id in its text form; null: cannot sign in by password
    lang          TEXT not null default 'vi',
    created_at    INT not null,
    disabled_at   INT
);
create unique index person_login on person (login);
create index person_sort on person (name_sort);

create table role (
    code     TEXT not null primary key,
    position INT not null
);
insert into role (code, position) values ('reader', 1), ('contributor', 2), ('editor', 3), ('approver', 4), ('admin', 5);

create table membership (
    id         ID,
    person_id  REF(person) not null,
    unit_id    REF(unit) not null,
    role       TEXT not null references role (code),
    valid_from INT,
    valid_to   INT
);
create index membership_person on membership (person_id);
create index membership_unit on membership (unit_id);

-- Signed in on a device. Only the token's hash is kept; no address and no agent.
create table session (
    id         ID,
    token_hash TEXT not null,
    person_id  REF(person) not null,
    created_at INT not null,
    seen_at    INT not null,
    expires_at INT not null
);
create unique index session_token on session (token_hash);
create index session_person on session (person_id);

-- Links that work once: the first administrator's, later invitations and resets.
create table one_time_link (
    id         ID,
    token_hash TEXT not null,
    purpose    TEXT not null,
    person_id  REF(person),
    created_at INT not null,
    expires_at INT not null,
    used_at    INT
);
create unique index one_time_link_token on one_time_link (token_hash);

-- Who did what to which thing. Only appended to; never who read what.
create table audit_event (
    id          ID,
    at          INT not null,
    person_id   REF(person),
    action      TEXT not null,
    object_kind TEXT not null,
    object_id   INT not null,
    detail      TEXT not null default ''
);
create index audit_event_object on audit_event (object_kind, object_id);

create table job (
    id           ID,
    kind         TEXT not null,
    key          TEXT,                      -- a job with the key of one still waiting is not queued again
    payload      TEXT not null default '',
    state        TEXT not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    run_at       INT not null,
    attempts     INT not null default 0,
    locked_until INT not null default 0,
    error        TEXT,
    created_at   INT not null,
    done_at      INT
);
create index job_due on job (state, run_at);
create unique index job_key on job (key);
