-- How many drafts began, to limit them. Nothing here leads to a draft.
CREATE TABLE begun_drafts (
    network TEXT    NOT NULL, -- a digest; '': all networks together
    since   INTEGER NOT NULL, -- the beginning of a short time, in Unix seconds
    count   INTEGER NOT NULL,
    PRIMARY KEY (network, since)
) STRICT;

CREATE INDEX begun_drafts_since ON begun_drafts (since);
