-- Sections are sealed, in bytes that are no text. Those of before are JSON in clear until they are saved again.
CREATE TABLE sealed_sections (
    draft         TEXT    NOT NULL REFERENCES drafts ON DELETE CASCADE,
    section       TEXT    NOT NULL,
    content       BLOB    NOT NULL,
    version       INTEGER NOT NULL,  -- how many saves of the draft there were with its last
    autosave_page TEXT    NOT NULL,  -- the page whose autosave wrote it last; '': a button did
    PRIMARY KEY (draft, section)
) STRICT;

INSERT INTO sealed_sections (draft, section, content, version, autosave_page)
SELECT draft, section, CAST(content AS BLOB), version, autosave_page FROM sections;

DROP TABLE sections;
ALTER TABLE sealed_sections RENAME TO sections;
