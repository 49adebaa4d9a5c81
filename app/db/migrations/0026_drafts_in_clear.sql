-- Only a draft that a version before sealing has begun may have answers in clear in the store of drafts. Whether one that is
-- here has is not known.
ALTER TABLE draft_access ADD COLUMN may_be_clear INTEGER NOT NULL DEFAULT 0;

UPDATE draft_access SET may_be_clear = 1;
