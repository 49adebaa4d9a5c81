-- The language of a draft was written at every save and never read.
ALTER TABLE drafts DROP COLUMN lang;
