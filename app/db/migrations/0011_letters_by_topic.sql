-- A letter is written when it is sent. Until then its row says what it is about, and keeps the secrets of its links and
-- codes, separated by spaces. They are wiped when it is delivered or given up. Letters that an earlier version has written
-- still wait with their words; in all other rows subject, text and html are empty.
ALTER TABLE mails ADD COLUMN secrets TEXT NOT NULL DEFAULT '';
