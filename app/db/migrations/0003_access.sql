-- Who may come to a draft. The draft itself is elsewhere, and may end without this file hearing of it: a sweep asks
-- for each that may have ended by now.
CREATE TABLE drafts (
    key         TEXT    PRIMARY KEY,
    address     TEXT    NOT NULL DEFAULT '', -- canonical; answered in the form
    mailbox     TEXT    NOT NULL DEFAULT '', -- canonical; where mail was asked to
    lang        TEXT    NOT NULL DEFAULT '', -- of that mail
    ends_at     INTEGER NOT NULL,            -- Unix seconds, as are all times
    reminded_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX drafts_address ON drafts (lower(address)) WHERE address <> '';
CREATE INDEX drafts_mailbox ON drafts (lower(mailbox)) WHERE mailbox <> '';
CREATE INDEX drafts_ends ON drafts (ends_at);
CREATE INDEX drafts_due ON drafts (ends_at) WHERE mailbox <> '' AND reminded_at = 0;

-- The browsers that hold a draft, of which each holds one. Secrets are kept as digests, here and below.
CREATE TABLE holders (
    id     INTEGER PRIMARY KEY,              -- the higher, the newer
    secret TEXT    NOT NULL UNIQUE,
    draft  TEXT    NOT NULL REFERENCES drafts (key) ON DELETE CASCADE
) STRICT;

CREATE INDEX holders_draft ON holders (draft, id);

-- The links and codes that let another browser in. One that was used up or has expired stays, to say so.
CREATE TABLE ways (
    id         INTEGER PRIMARY KEY,         -- the higher, the newer
    secret     TEXT    NOT NULL UNIQUE,
    kind       TEXT    NOT NULL CHECK (kind IN ('mailed', 'handed')),
    draft      TEXT    NOT NULL REFERENCES drafts (key) ON DELETE CASCADE,
    mailbox    TEXT    NOT NULL DEFAULT '',
    lang       TEXT    NOT NULL,
    made_at    INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    press      TEXT    NOT NULL DEFAULT ''  -- a digest; '': it is unused
) STRICT;

CREATE INDEX ways_draft ON ways (draft, id);
CREATE UNIQUE INDEX ways_handed ON ways (draft) WHERE kind = 'handed';

-- Wrong codes, by who typed them.
CREATE TABLE misses (
    who   TEXT    PRIMARY KEY,            -- a digest
    n     INTEGER NOT NULL,
    last  INTEGER NOT NULL,
    prior INTEGER NOT NULL DEFAULT 0      -- when the one before the last was; 0: it does not count any more
) STRICT;
