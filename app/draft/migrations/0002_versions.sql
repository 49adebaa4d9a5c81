-- The drafts of before could be opened only by a cookie of a kind that is no
-- more: nobody can open them, so they go and the tables are made anew.
DROP TABLE sections;
DROP TABLE drafts;

CREATE TABLE drafts (
    key   TEXT    PRIMARY KEY,
    lang  TEXT    NOT NULL,
    saved INTEGER NOT NULL,             -- Unix milliseconds
    saves INTEGER NOT NULL              -- how many there were, of any section
) STRICT;

CREATE INDEX drafts_saved ON drafts (saved);

-- A row for each section, so that saving one cannot touch another.
CREATE TABLE sections (
    draft   TEXT    NOT NULL REFERENCES drafts ON DELETE CASCADE,
    section TEXT    NOT NULL,
    content TEXT    NOT NULL,           -- JSON
    version INTEGER NOT NULL,           -- how many saves of the draft there were with its last
    quiet   TEXT    NOT NULL,           -- the page that made that save quietly; '': it was made aloud
    PRIMARY KEY (draft, section)
) STRICT;
