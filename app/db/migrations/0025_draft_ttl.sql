-- For how long drafts were kept at the last start: the times in draft_access count on it. No row: it is not known.
CREATE TABLE draft_ttl (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    seconds INTEGER NOT NULL
) STRICT;
