-- The organization was asked to give a member another address, which the reader of that address confirms. The new address
-- is sealed, and gone once the change is not open any more, or its time is over: then it stays in the state 'open'. The row
-- stays for a while, so that the link in the letter can say what became of it.
CREATE TABLE address_changes (
    id             INTEGER PRIMARY KEY,            -- the higher, the newer
    member         TEXT    NOT NULL REFERENCES members (id) ON DELETE CASCADE,
    selector       TEXT    NOT NULL UNIQUE,        -- of the link in the letter, as are the next two
    verifier_hash  TEXT    NOT NULL,
    code_hash      TEXT    NOT NULL,
    attempts       INTEGER NOT NULL DEFAULT 0,     -- of codes, right and wrong
    state          TEXT    NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'superseded', 'withdrawn')),
    address        TEXT    NOT NULL,               -- the new one, sealed; '': the change is not open any more, or its time is over
    address_digest TEXT    NOT NULL,               -- a keyed digest of it, or ''
    asked_at       INTEGER NOT NULL,
    ends_at        INTEGER NOT NULL,
    done_at        INTEGER NOT NULL DEFAULT 0      -- 0: it was not done
) STRICT;

-- A member has one open change at most.
CREATE UNIQUE INDEX address_changes_open ON address_changes (member) WHERE state = 'open';
CREATE INDEX address_changes_member ON address_changes (member);
CREATE INDEX address_changes_address ON address_changes (address_digest) WHERE address_digest <> '';
CREATE INDEX address_changes_ends_at ON address_changes (ends_at);
