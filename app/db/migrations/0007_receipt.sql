-- Which application the answers of a member came with, so that whoever sent it can be shown a receipt for a while.
-- '': it was before this was kept.
ALTER TABLE members ADD COLUMN application TEXT NOT NULL DEFAULT '';

UPDATE members SET application = id WHERE updated_at = confirmed_at; -- a member has the id of the application that made it

CREATE INDEX members_application ON members (application) WHERE application <> '';
