-- Several members may share a mailbox, so their addresses need not differ any more. SQLite drops such a rule only with
-- its table, and dropping the table of members deletes their consents. So the consents move first, with the rows that
-- they refer to.
CREATE TABLE sharing_members (
    id           TEXT    PRIMARY KEY,
    email        TEXT    NOT NULL,             -- canonical; several members may share a mailbox
    lang         TEXT    NOT NULL,
    form         TEXT    NOT NULL,
    answers      TEXT    NOT NULL CHECK (json_valid(answers)),
    confirmed_at INTEGER NOT NULL,             -- for the first time
    updated_at   INTEGER NOT NULL,             -- the answers, by a later confirmation
    application  TEXT    NOT NULL DEFAULT ''   -- that the answers came with; '': it was before this was kept
) STRICT;

INSERT INTO sharing_members (id, email, lang, form, answers, confirmed_at, updated_at, application)
SELECT id, email, lang, form, answers, confirmed_at, updated_at, application FROM members;

CREATE TABLE moved_consents (
    id      INTEGER PRIMARY KEY,               -- the higher, the newer
    member  TEXT    NOT NULL REFERENCES sharing_members (id) ON DELETE CASCADE,
    key     TEXT    NOT NULL,
    version TEXT    NOT NULL,
    purpose TEXT    NOT NULL,
    wording TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    given   INTEGER NOT NULL CHECK (given IN (0, 1)),
    at      INTEGER NOT NULL
) STRICT;

INSERT INTO moved_consents (id, member, key, version, purpose, wording, lang, given, at)
SELECT id, member, key, version, purpose, wording, lang, given, at FROM consents;

DROP TABLE consents; -- before the members, whose consents would be deleted with them
DROP TABLE members;
ALTER TABLE sharing_members RENAME TO members;
ALTER TABLE moved_consents RENAME TO consents; -- they refer to members by now

CREATE INDEX members_email ON members (lower(email));
CREATE INDEX members_application ON members (application) WHERE application <> '';
CREATE INDEX consents_member ON consents (member, id);

-- An application whose mailbox was proven and has members may wait for one answer: who sent it.
ALTER TABLE applications ADD COLUMN held TEXT NOT NULL DEFAULT '' CHECK (held IN ('', 'who'));

-- The browsers that applied and have proven the mailbox since, by the link or the code of a letter. Only these may be
-- told of the members who share it.
CREATE TABLE proven_sessions (
    session     TEXT NOT NULL REFERENCES sessions (digest) ON DELETE CASCADE,
    application TEXT NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    PRIMARY KEY (session, application)
) STRICT;

CREATE INDEX proven_sessions_application ON proven_sessions (application);

-- The answers of a member that later ones have replaced, for as long as they can be put back. After that the row stays
-- for a while without them, so that the link in the letter can say what became of them.
CREATE TABLE former_answers (
    id            INTEGER PRIMARY KEY,         -- the higher, the newer
    member        TEXT    NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    selector      TEXT    NOT NULL UNIQUE,     -- of the link in the letter, as are the next two
    verifier_hash TEXT    NOT NULL,
    code_hash     TEXT    NOT NULL,
    attempts      INTEGER NOT NULL DEFAULT 0,  -- of codes, right and wrong
    lang          TEXT    NOT NULL,
    form          TEXT    NOT NULL,
    answers       TEXT    NOT NULL CHECK (json_valid(answers)),
    updated_at    INTEGER NOT NULL,            -- when they were confirmed
    application   TEXT    NOT NULL,            -- that they came with, or ''
    last_consent  INTEGER NOT NULL,            -- the newest consent that came with them or before, or 0
    replaced_at   INTEGER NOT NULL,
    replaced_by   TEXT    NOT NULL,            -- the application that replaced them
    restored_at   INTEGER NOT NULL DEFAULT 0   -- 0: they were not put back
) STRICT;

CREATE INDEX former_answers_member ON former_answers (member);
CREATE INDEX former_answers_replaced_at ON former_answers (replaced_at);
