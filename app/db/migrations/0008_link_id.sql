-- The links of an application are told apart in time by an id. Until now that was the rowid, which a copy of the
-- file need not keep.
CREATE TABLE numbered_links (
    id          INTEGER PRIMARY KEY,      -- the higher, the newer
    handle      TEXT    NOT NULL UNIQUE,
    secret      TEXT    NOT NULL,         -- a digest: the secret itself stands only in the mail
    application TEXT    NOT NULL REFERENCES applications (id) ON DELETE CASCADE,
    made_at     INTEGER NOT NULL,
    expires_at  INTEGER NOT NULL,
    letter      TEXT    NOT NULL DEFAULT '',                                    -- the mail that carries it; '': none, beyond the limits
    code        TEXT    NOT NULL DEFAULT '',                                    -- a digest; '': it has none
    tries       INTEGER NOT NULL DEFAULT 0,                                     -- of codes, right and wrong
    doubted     INTEGER NOT NULL DEFAULT 0 CHECK (doubted IN (0, 1)),           -- a machine pressed: only the code helps
    pressed     TEXT    NOT NULL DEFAULT '' CHECK (pressed IN ('', 'yes', 'keep', 'no', 'delete')),
    pressed_at  INTEGER NOT NULL DEFAULT 0
) STRICT;

INSERT INTO numbered_links (handle, secret, application, made_at, expires_at, letter, code, tries, doubted, pressed, pressed_at)
SELECT handle, secret, application, made_at, expires_at, letter, code, tries, doubted, pressed, pressed_at
FROM links ORDER BY rowid;

DROP TABLE links; -- and its indexes
ALTER TABLE numbered_links RENAME TO links;

CREATE INDEX links_application ON links (application, id);
CREATE INDEX links_pressed ON links (pressed_at) WHERE pressed IN ('yes', 'delete');
