-- The draft that a waiting letter is about, by its key, so that the letter can be given up when the draft is deleted.
-- It is wiped with the words.
ALTER TABLE mails ADD COLUMN about TEXT NOT NULL DEFAULT '';

CREATE INDEX mails_about ON mails (about) WHERE about <> '';
