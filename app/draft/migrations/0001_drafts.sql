-- A draft is kept under the digest of its ID: who reads this file owns no draft.
CREATE TABLE drafts (
    id      TEXT    PRIMARY KEY,
    form    TEXT    NOT NULL,
    lang    TEXT    NOT NULL,
    saved   INTEGER NOT NULL,           -- Unix milliseconds
    expires INTEGER NOT NULL            -- Unix milliseconds
) STRICT;

CREATE INDEX drafts_expires ON drafts (expires);

-- A row for each section, so that saving one cannot touch another.
CREATE TABLE sections (
    draft   TEXT NOT NULL REFERENCES drafts ON DELETE CASCADE,
    section TEXT NOT NULL,
    answers TEXT NOT NULL,              -- JSON
    PRIMARY KEY (draft, section)
) STRICT;
