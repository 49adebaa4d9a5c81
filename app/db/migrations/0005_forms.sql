-- Each form that was ever asked, so that its words are known while drafts and members still remember its version.
CREATE TABLE forms (
    version    TEXT    PRIMARY KEY,
    definition TEXT    NOT NULL CHECK (json_valid(definition)), -- canonical JSON
    first_used INTEGER NOT NULL                                 -- Unix seconds
) STRICT;
