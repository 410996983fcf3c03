-- +goose Up
-- The shared books: who acts, what is handled, what is owed, what was done.
-- Instants are UTC milliseconds, days are text, flags are 0 or 1, lists and field values are JSON text.

CREATE TABLE revisions (
  name   TEXT PRIMARY KEY,
  number BIGINT NOT NULL
);
INSERT INTO revisions (name, number) VALUES ('org', 1);
INSERT INTO revisions (name, number) VALUES ('calendar', 1);
INSERT INTO revisions (name, number) VALUES ('procedures', 1);

CREATE TABLE settings (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
);

CREATE TABLE agencies (
  id     BIGINT PRIMARY KEY,
  code   TEXT NOT NULL,
  name   TEXT NOT NULL,
  sample INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT agency_name_once UNIQUE (name)
);

CREATE TABLE units (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL REFERENCES agencies(id),
  parent_id BIGINT,
  code      TEXT NOT NULL DEFAULT '',
  name      TEXT NOT NULL,
  tasks     TEXT NOT NULL DEFAULT '',
  head_id   BIGINT,
  ord       INTEGER NOT NULL DEFAULT 0,
  active    INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT unit_name_once UNIQUE (agency_id, name)
);

CREATE TABLE posts (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL REFERENCES agencies(id),
  unit_id   BIGINT NOT NULL REFERENCES units(id),
  name      TEXT NOT NULL,
  duties    TEXT NOT NULL DEFAULT '[]',
  ord       INTEGER NOT NULL DEFAULT 0,
  active    INTEGER NOT NULL DEFAULT 1
);
CREATE INDEX posts_by_unit ON posts (unit_id);

CREATE TABLE people (
  id           BIGINT PRIMARY KEY,
  agency_id    BIGINT NOT NULL REFERENCES agencies(id),
  unit_id      BIGINT NOT NULL REFERENCES units(id),
  username     TEXT NOT NULL,
  name         TEXT NOT NULL,
  sex          TEXT NOT NULL DEFAULT '',
  phone        TEXT NOT NULL DEFAULT '',
  ord          INTEGER NOT NULL DEFAULT 0,
  leader       INTEGER NOT NULL DEFAULT 0,
  backup_id    BIGINT,
  hint         TEXT NOT NULL DEFAULT '',
  active       INTEGER NOT NULL DEFAULT 1,
  CONSTRAINT username_once UNIQUE (username)
);

CREATE TABLE holdings (
  person_id BIGINT NOT NULL REFERENCES people(id),
  post_id   BIGINT NOT NULL REFERENCES posts(id),
  PRIMARY KEY (person_id, post_id)
);

CREATE TABLE issuers (
  id           BIGINT PRIMARY KEY,
  agency_id    BIGINT NOT NULL REFERENCES agencies(id),
  name         TEXT NOT NULL,
  code         TEXT NOT NULL,
  fonds        TEXT NOT NULL DEFAULT '',
  side         TEXT NOT NULL DEFAULT '',
  office       INTEGER NOT NULL DEFAULT 0,
  principal_id BIGINT NOT NULL,
  director_id  BIGINT NOT NULL,
  quota        INTEGER NOT NULL DEFAULT 0,
  ord          INTEGER NOT NULL DEFAULT 0,
  CONSTRAINT issuer_name_once UNIQUE (agency_id, name)
);

CREATE TABLE divisions (
  id        BIGINT PRIMARY KEY,
  agency_id BIGINT NOT NULL REFERENCES agencies(id),
  edition   INTEGER NOT NULL,
  since     TEXT NOT NULL,
  leader_id BIGINT NOT NULL REFERENCES people(id),
  unit_id   BIGINT,
  subject   TEXT NOT NULL DEFAULT '',
  basis     TEXT NOT NULL DEFAULT ''
);
CREATE INDEX divisions_by_agency ON divisions (agency_id, edition);

CREATE TABLE away (
  id          BIGINT PRIMARY KEY,
  person_id   BIGINT NOT NULL REFERENCES people(id),
  from_at     BIGINT NOT NULL,
  until_at    BIGINT NOT NULL,
  stand_in_id BIGINT,
  reason      TEXT NOT NULL DEFAULT '',
  ended_at    BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX away_by_person ON away (person_id, until_at);

CREATE TABLE accounts (
  person_id    BIGINT PRIMARY KEY REFERENCES people(id),
  password     TEXT NOT NULL,
  must_change  INTEGER NOT NULL DEFAULT 0,
  failures     INTEGER NOT NULL DEFAULT 0,
  locked_until BIGINT NOT NULL DEFAULT 0,
  last_at      BIGINT NOT NULL DEFAULT 0,
  last_from    TEXT NOT NULL DEFAULT '',
  last_failures INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE sessions (
  token      TEXT PRIMARY KEY,
  person_id  BIGINT NOT NULL REFERENCES people(id),
  created_at BIGINT NOT NULL,
  seen_at    BIGINT NOT NULL,
  from_addr  TEXT NOT NULL DEFAULT ''
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE procedures (
  kind      TEXT NOT NULL,
  version   TEXT NOT NULL,
  source    TEXT NOT NULL,
  loaded_at BIGINT NOT NULL,
  PRIMARY KEY (kind, version)
);

CREATE TABLE matters (
  id         BIGINT PRIMARY KEY,
  agency_id  BIGINT NOT NULL REFERENCES agencies(id),
  kind       TEXT NOT NULL,
  definition TEXT NOT NULL,
  version    BIGINT NOT NULL,
  state      TEXT NOT NULL,
  step       TEXT NOT NULL,
  number     TEXT NOT NULL DEFAULT '',
  year       INTEGER NOT NULL,
  seq        BIGINT NOT NULL DEFAULT 0,
  title      TEXT NOT NULL DEFAULT '',
  party      TEXT NOT NULL DEFAULT '',
  party_number TEXT NOT NULL DEFAULT '',
  secrecy    TEXT NOT NULL DEFAULT '',
  urgency    TEXT NOT NULL DEFAULT '',
  sealed     INTEGER NOT NULL DEFAULT 0,
  starter_id BIGINT NOT NULL,
  unit_id    BIGINT NOT NULL,
  created_at BIGINT NOT NULL,
  changed_at BIGINT NOT NULL,
  closed_at  BIGINT NOT NULL DEFAULT 0,
  due_at     BIGINT NOT NULL DEFAULT 0,
  waited_ms  BIGINT NOT NULL DEFAULT 0,
  paused_at  BIGINT NOT NULL DEFAULT 0,
  fields     TEXT NOT NULL,
  trail      TEXT NOT NULL DEFAULT '[]',
  CONSTRAINT matter_state CHECK (state IN ('open','suspended','closed','void'))
);
CREATE INDEX matters_register ON matters (agency_id, kind, year, seq, id);
CREATE INDEX matters_recent ON matters (agency_id, kind, id);
CREATE INDEX matters_by_title ON matters (agency_id, kind, title);
CREATE INDEX matters_by_party_number ON matters (agency_id, kind, party_number);
CREATE INDEX matters_by_unit ON matters (agency_id, kind, unit_id, id);
CREATE INDEX matters_open_due ON matters (state, due_at);
CREATE INDEX matters_by_starter ON matters (starter_id, state, id);

CREATE TABLE tasks (
  id         BIGINT PRIMARY KEY,
  matter_id  BIGINT NOT NULL REFERENCES matters(id),
  agency_id  BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  step       TEXT NOT NULL,
  role       TEXT NOT NULL,
  person_id  BIGINT NOT NULL REFERENCES people(id),
  state      TEXT NOT NULL,
  ord        INTEGER NOT NULL DEFAULT 0,
  arrived_at BIGINT NOT NULL,
  opened_at  BIGINT NOT NULL DEFAULT 0,
  due_at     BIGINT NOT NULL DEFAULT 0,
  warn_at    BIGINT NOT NULL DEFAULT 0,
  provisional INTEGER NOT NULL DEFAULT 0,
  alarm_at   BIGINT NOT NULL DEFAULT 0,
  alarm      TEXT NOT NULL DEFAULT '',
  urged      INTEGER NOT NULL DEFAULT 0,
  done_at    BIGINT NOT NULL DEFAULT 0,
  done_by    BIGINT NOT NULL DEFAULT 0,
  action     TEXT NOT NULL DEFAULT '',
  given_by   BIGINT NOT NULL DEFAULT 0,
  CONSTRAINT task_state CHECK (state IN ('open','queued','done','withdrawn')),
  CONSTRAINT task_role CHECK (role IN ('handle','read'))
);
CREATE INDEX tasks_by_person ON tasks (person_id, state, role, due_at, id);
CREATE INDEX tasks_by_matter ON tasks (matter_id, state);
CREATE INDEX tasks_alarm ON tasks (state, alarm_at);
CREATE INDEX tasks_done ON tasks (person_id, state, done_at);

CREATE TABLE access (
  matter_id BIGINT NOT NULL REFERENCES matters(id),
  person_id BIGINT NOT NULL REFERENCES people(id),
  why       TEXT NOT NULL,
  PRIMARY KEY (person_id, matter_id)
);
CREATE INDEX access_by_matter ON access (matter_id);

CREATE TABLE links (
  from_id  BIGINT NOT NULL REFERENCES matters(id),
  to_id    BIGINT NOT NULL REFERENCES matters(id),
  relation TEXT NOT NULL,
  PRIMARY KEY (from_id, to_id, relation)
);
CREATE INDEX links_to ON links (to_id);

CREATE TABLE series (
  agency_id BIGINT NOT NULL,
  name      TEXT NOT NULL,
  year      INTEGER NOT NULL,
  next      BIGINT NOT NULL,
  PRIMARY KEY (agency_id, name, year)
);

CREATE TABLE numbers (
  agency_id BIGINT NOT NULL,
  series    TEXT NOT NULL,
  year      INTEGER NOT NULL,
  seq       BIGINT NOT NULL,
  text      TEXT NOT NULL,
  matter_id BIGINT NOT NULL,
  state     TEXT NOT NULL,
  reason    TEXT NOT NULL DEFAULT '',
  given_at  BIGINT NOT NULL,
  given_by  BIGINT NOT NULL,
  CONSTRAINT number_once PRIMARY KEY (agency_id, series, year, seq),
  CONSTRAINT number_state CHECK (state IN ('used','void'))
);
CREATE INDEX numbers_by_matter ON numbers (matter_id);

CREATE TABLE requests (
  person_id BIGINT NOT NULL,
  key       TEXT NOT NULL,
  request   TEXT NOT NULL,
  matter_id BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (person_id, key)
);
CREATE INDEX requests_by_age ON requests (at);

CREATE TABLE journal (
  chain     BIGINT NOT NULL,
  seq       BIGINT NOT NULL,
  at        BIGINT NOT NULL,
  topic     TEXT NOT NULL,
  actor_id  BIGINT NOT NULL,
  matter_id BIGINT NOT NULL,
  body      BLOB NOT NULL,
  hash      BLOB NOT NULL,
  PRIMARY KEY (chain, seq)
);
CREATE INDEX journal_by_matter ON journal (matter_id, seq);
CREATE INDEX journal_by_time ON journal (chain, at);

CREATE TABLE chains (
  chain BIGINT PRIMARY KEY,
  seq   BIGINT NOT NULL,
  hash  BLOB NOT NULL
);

CREATE TABLE notices (
  id        BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL REFERENCES people(id),
  at        BIGINT NOT NULL,
  text      TEXT NOT NULL,
  clause    TEXT NOT NULL DEFAULT '',
  matter_id BIGINT NOT NULL DEFAULT 0,
  read_at   BIGINT NOT NULL DEFAULT 0
);
CREATE INDEX notices_by_person ON notices (person_id, read_at, id);

CREATE TABLE files (
  id          BIGINT PRIMARY KEY,
  agency_id   BIGINT NOT NULL,
  uploader_id BIGINT NOT NULL,
  matter_id   BIGINT NOT NULL DEFAULT 0,
  name        TEXT NOT NULL,
  mime        TEXT NOT NULL,
  size        BIGINT NOT NULL,
  digest      TEXT NOT NULL,
  text        TEXT NOT NULL DEFAULT '',
  at          BIGINT NOT NULL
);
CREATE INDEX files_by_matter ON files (matter_id);

CREATE TABLE drafts (
  person_id BIGINT NOT NULL,
  key       TEXT NOT NULL,
  value     TEXT NOT NULL,
  at        BIGINT NOT NULL,
  PRIMARY KEY (person_id, key)
);

CREATE TABLE views (
  id        BIGINT PRIMARY KEY,
  person_id BIGINT NOT NULL,
  register  TEXT NOT NULL,
  name      TEXT NOT NULL,
  query     TEXT NOT NULL
);
CREATE INDEX views_by_person ON views (person_id, register);

CREATE TABLE calendar_years (
  year   INTEGER PRIMARY KEY,
  body   TEXT NOT NULL,
  source TEXT NOT NULL,
  at     BIGINT NOT NULL
);

CREATE VIRTUAL TABLE matter_text USING fts5(tokens, content='', contentless_delete=1, detail='none', tokenize='unicode61'); -- only sqlite
CREATE TABLE matter_text (id BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL); -- only postgres
CREATE INDEX matter_text_gin ON matter_text USING GIN (tokens); -- only postgres
