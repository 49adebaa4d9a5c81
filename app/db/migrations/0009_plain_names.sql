-- Tables and columns get the names that the program has for the same things. What stands in them stays as it is.

-- Letters.
ALTER TABLE mails RENAME COLUMN about TO topic;
ALTER TABLE mails RENAME COLUMN mailbox TO mailbox_key;

DROP INDEX mails_about;
CREATE INDEX mails_topic ON mails (topic) WHERE topic <> '';
DROP INDEX mails_mailbox;
CREATE INDEX mails_mailbox_key ON mails (mailbox_key, written);

-- Applications and their links.
ALTER TABLE applications RENAME COLUMN reopened TO correction;

DROP INDEX applications_reopened;
CREATE INDEX applications_correction ON applications (correction) WHERE correction <> '';

ALTER TABLE links RENAME COLUMN handle TO selector;
ALTER TABLE links RENAME COLUMN secret TO verifier_hash;
ALTER TABLE links RENAME COLUMN code TO code_hash;
ALTER TABLE links RENAME COLUMN made_at TO created_at;
ALTER TABLE links RENAME COLUMN tries TO attempts;
ALTER TABLE links RENAME COLUMN doubted TO scanner_suspected;
ALTER TABLE links RENAME COLUMN pressed TO pending_choice;
ALTER TABLE links RENAME COLUMN pressed_at TO chosen_at;

DROP INDEX links_pressed;
CREATE INDEX links_pending_choice ON links (chosen_at) WHERE pending_choice IN ('yes', 'delete');

-- Members.
DROP INDEX members_mailbox;
CREATE INDEX members_email ON members (lower(email));

-- How often links were opened in ways that people seldom open them.
ALTER TABLE openings RENAME TO link_opens;
ALTER TABLE link_opens RENAME COLUMN manner TO kind;
ALTER TABLE link_opens RENAME COLUMN n TO count;

-- What is known of a draft besides its answers. The draft itself is elsewhere.
ALTER TABLE drafts RENAME TO draft_access;
ALTER TABLE draft_access RENAME COLUMN key TO draft;
ALTER TABLE draft_access RENAME COLUMN address TO answered_email;
ALTER TABLE draft_access RENAME COLUMN mailbox TO contact_email;
ALTER TABLE draft_access RENAME COLUMN ends_at TO expires_at;

DROP INDEX drafts_address;
CREATE INDEX draft_access_answered_email ON draft_access (lower(answered_email)) WHERE answered_email <> '';
DROP INDEX drafts_mailbox;
CREATE INDEX draft_access_contact_email ON draft_access (lower(contact_email)) WHERE contact_email <> '';
DROP INDEX drafts_ends;
CREATE INDEX draft_access_expires_at ON draft_access (expires_at);
DROP INDEX drafts_due;
CREATE INDEX draft_access_reminder_due ON draft_access (expires_at) WHERE contact_email <> '' AND reminded_at = 0;

-- The browsers that have a draft open, of which each has one.
ALTER TABLE holders RENAME TO sessions;
ALTER TABLE sessions RENAME COLUMN secret TO digest;

DROP INDEX holders_draft;
CREATE INDEX sessions_draft ON sessions (draft, id);

-- The links and codes that let one more browser in.
ALTER TABLE ways RENAME TO grants;
ALTER TABLE grants RENAME COLUMN secret TO digest;
ALTER TABLE grants RENAME COLUMN mailbox TO recipient;
ALTER TABLE grants RENAME COLUMN made_at TO created_at;
ALTER TABLE grants RENAME COLUMN press TO used_by;

DROP INDEX ways_draft;
CREATE INDEX grants_draft ON grants (draft, id);
DROP INDEX ways_handed;
CREATE UNIQUE INDEX grants_handoff ON grants (draft) WHERE kind = 'handed';

-- Wrong codes, by the device or the network that they came from.
ALTER TABLE misses RENAME TO attempts;
ALTER TABLE attempts RENAME COLUMN who TO client;
ALTER TABLE attempts RENAME COLUMN n TO count;
ALTER TABLE attempts RENAME COLUMN last TO last_at;
ALTER TABLE attempts RENAME COLUMN prior TO previous_at;
