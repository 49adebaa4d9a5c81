-- Consents become a proof: each row has a hash over the row before and its own content, rows are only ever added, and they
-- outlive the member. Rows of an earlier version have no hashes until the program has chained them, which it does before
-- it does anything else. go doc ./app/consent has the layout of the hashes.
CREATE TABLE chained_consents (
    id           INTEGER PRIMARY KEY,             -- the higher, the newer
    member       TEXT    NOT NULL,                -- refers to no row: the proof outlives the member
    address      TEXT    NOT NULL DEFAULT '',     -- a keyed digest of the address that agreed
    key          TEXT    NOT NULL,
    version      TEXT    NOT NULL,
    purpose      TEXT    NOT NULL,
    wording      TEXT    NOT NULL,
    lang         TEXT    NOT NULL,
    given        INTEGER NOT NULL CHECK (given IN (0, 1)),
    at           INTEGER NOT NULL,                -- Unix seconds
    how          TEXT    NOT NULL DEFAULT '',     -- how the organization was told; '': it was ticked, or not, in the form
    salt         TEXT    NOT NULL DEFAULT '',     -- random: without it nothing can be guessed from the hash. '': the row is emptied
    content_hash TEXT    NOT NULL DEFAULT '',     -- of all columns above but id
    hash         TEXT    NOT NULL DEFAULT ''      -- of the hash of the row before, id, and content_hash
) STRICT;

INSERT INTO chained_consents (id, member, key, version, purpose, wording, lang, given, at)
SELECT id, member, key, version, purpose, wording, lang, given, at FROM consents;

DROP TABLE consents;
ALTER TABLE chained_consents RENAME TO consents;

CREATE INDEX consents_member ON consents (member, id);
CREATE INDEX consents_address ON consents (address) WHERE address <> '';
CREATE INDEX consents_unchained ON consents (id) WHERE hash = '';
CREATE INDEX consents_chained ON consents (id) WHERE hash <> '';

CREATE TRIGGER consents_are_never_deleted BEFORE DELETE ON consents
BEGIN SELECT RAISE(ABORT, 'consents are never deleted'); END;

-- A row may get its hashes, and be emptied when its member has left: then all but the hashes goes.
CREATE TRIGGER consents_are_never_changed BEFORE UPDATE ON consents
WHEN OLD.hash <> '' AND NOT (NEW.id = OLD.id AND NEW.content_hash = OLD.content_hash AND NEW.hash = OLD.hash
    AND NEW.salt = '' AND NEW.member = '' AND NEW.address = '' AND NEW.key = '' AND NEW.version = '' AND NEW.purpose = ''
    AND NEW.wording = '' AND NEW.lang = '' AND NEW.given = 0 AND NEW.at = 0 AND NEW.how = ''
    AND NOT EXISTS (SELECT 1 FROM members WHERE id = OLD.member))
BEGIN SELECT RAISE(ABORT, 'consents are never changed'); END;

-- When it was first seen that a member has left, of whom there are consents.
CREATE TABLE former_members (
    member  TEXT    PRIMARY KEY,
    left_at INTEGER NOT NULL
) STRICT;
