-- The keys of the installation, each sealed with the master key, which is not in this file. Keys named data seal what is
-- kept of people who are not members yet: the newest seals, the others still open. The one named digest makes digests.
CREATE TABLE keys (
    id         INTEGER PRIMARY KEY,
    name       TEXT    NOT NULL,
    created_at INTEGER NOT NULL, -- Unix seconds
    secret     TEXT    NOT NULL  -- sealed
) STRICT;

CREATE UNIQUE INDEX keys_digest ON keys (name) WHERE name = 'digest';
