-- The addresses of drafts are sealed with the keys of the installation, and looked up by digests that only the
-- installation can make; proven is such a digest too. In the rows of an earlier version sealed_key is NULL and nothing of
-- that holds, until the next start of the program.
ALTER TABLE draft_access ADD COLUMN sealed_key TEXT;                         -- opens the answers of the draft; '': they are gone
ALTER TABLE draft_access ADD COLUMN correction_key TEXT NOT NULL DEFAULT ''; -- the sealed_key that the draft will have which corrects this one
ALTER TABLE draft_access ADD COLUMN answered_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_access ADD COLUMN contact_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN recipient_digest TEXT NOT NULL DEFAULT '';

DROP INDEX draft_access_answered_email;
DROP INDEX draft_access_contact_email;
CREATE INDEX draft_access_answered ON draft_access (answered_digest) WHERE answered_digest <> '';
CREATE INDEX draft_access_contact ON draft_access (contact_digest) WHERE contact_digest <> '';
