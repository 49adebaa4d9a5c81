-- A letter waits here from the transaction that wants it sent until it is
-- delivered or given up. Then its words, which hold secrets, are wiped; the
-- rest stays a week, to tell what became of it and how many an address got.
CREATE TABLE mails (
    id        TEXT    PRIMARY KEY,                -- the left half of its Message-ID
    kind      TEXT    NOT NULL,
    recipient TEXT    NOT NULL,
    lang      TEXT    NOT NULL,
    subject   TEXT    NOT NULL,
    text      TEXT    NOT NULL,
    html      TEXT    NOT NULL,
    written   INTEGER NOT NULL,                   -- this and the other times: Unix seconds
    state     TEXT    NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'abandoned')),
    attempts  INTEGER NOT NULL DEFAULT 0,
    due       INTEGER NOT NULL,                   -- the next attempt, or the end of the lease of the one under way
    settled   INTEGER,                            -- when it was delivered or given up
    failure   TEXT    NOT NULL DEFAULT '',        -- the step at which the last attempt failed
    code      INTEGER NOT NULL DEFAULT 0          -- what the server answered then; 0: nothing
) STRICT;

CREATE INDEX mails_due ON mails (due) WHERE state = 'waiting';
CREATE INDEX mails_recipient ON mails (recipient, written);
CREATE INDEX mails_settled ON mails (settled) WHERE settled IS NOT NULL;
