-- Applications wait here until their address is confirmed. One that has ended keeps its row, so that a link
-- in an old mail can still say what became of it, but nothing that is about a person.
CREATE TABLE applications (
    id       TEXT    PRIMARY KEY,
    draft    TEXT    NOT NULL UNIQUE,     -- the hash of the secret of the draft that was sent
    reopened TEXT    NOT NULL DEFAULT '', -- the hash of the secret of a draft that corrects this application
    state    TEXT    NOT NULL CHECK (state IN ('waiting', 'confirmed', 'replaced', 'withdrawn', 'expired')),
    email    TEXT    NOT NULL,            -- canonical
    lang     TEXT    NOT NULL,
    form     TEXT    NOT NULL,            -- the version of the definition
    answers  TEXT    NOT NULL CHECK (json_valid(answers)),
    consents TEXT    NOT NULL CHECK (json_valid(consents)),
    sent_at  INTEGER NOT NULL,            -- Unix seconds, as are all times
    ended_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX applications_reopened ON applications (reopened) WHERE reopened <> '';
CREATE INDEX applications_state ON applications (state, sent_at);

-- The links in mails. Only the newest of an application confirms it.
CREATE TABLE links (
    handle      TEXT    PRIMARY KEY,
    secret      TEXT    NOT NULL,         -- a hash: the secret itself stands only in the mail
    application TEXT    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL
) STRICT;

CREATE INDEX links_application ON links (application, made_at);

CREATE TABLE members (
    id           TEXT    PRIMARY KEY,
    email        TEXT    NOT NULL UNIQUE, -- canonical
    lang         TEXT    NOT NULL,
    form         TEXT    NOT NULL,
    answers      TEXT    NOT NULL CHECK (json_valid(answers)),
    confirmed_at INTEGER NOT NULL,        -- for the first time
    updated_at   INTEGER NOT NULL         -- the answers, by a later confirmation
) STRICT;

-- What was agreed to or not, in the words that were shown. Rows are only ever added.
CREATE TABLE consents (
    id      INTEGER PRIMARY KEY,
    member  TEXT    NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL,
    version TEXT    NOT NULL,
    purpose TEXT    NOT NULL,
    wording TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    given   INTEGER NOT NULL CHECK (given IN (0, 1)),
    at      INTEGER NOT NULL
) STRICT;

CREATE INDEX consents_member ON consents (member, id);
