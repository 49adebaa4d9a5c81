-- Of an application that waits, all that is about a person is sealed: its address, answers and consents, as one JSON. It is
-- found by a keyed digest of its address. In an application that has ended both are empty, and in one of an earlier version
-- the digest is, until the program has sealed it, which it does before it does anything else. No table is rebuilt, as
-- links would be lost with it.
ALTER TABLE applications ADD COLUMN email_digest TEXT NOT NULL DEFAULT '';
ALTER TABLE applications ADD COLUMN content      TEXT NOT NULL DEFAULT '';

UPDATE applications SET content = json_object('email', email, 'answers', json(answers), 'consents', json(consents)) WHERE state = 'waiting';

DROP INDEX applications_email;
ALTER TABLE applications DROP COLUMN email;
ALTER TABLE applications DROP COLUMN answers;
ALTER TABLE applications DROP COLUMN consents;

CREATE INDEX applications_email_digest ON applications (email_digest, sent_at) WHERE state = 'waiting';
