-- Why the last attempt failed, as app/mail/cause.go tells it, and the enhanced code of the server (RFC 3463), '' for none.
-- An earlier version took each refusal for good as one of the address. Those of the recipient may be.
ALTER TABLE mails ADD COLUMN cause TEXT NOT NULL DEFAULT '' CHECK (cause IN ('', 'address', 'full', 'ours', 'passing', 'unanswered'));
ALTER TABLE mails ADD COLUMN status TEXT NOT NULL DEFAULT '';

-- How many attempts ended with the whole letter sent and no answer: the server may have it.
ALTER TABLE mails ADD COLUMN unanswered INTEGER NOT NULL DEFAULT 0;

UPDATE mails SET cause = CASE
    WHEN failure = '' THEN ''
    WHEN state = 'abandoned' AND failure = 'recipient' AND code IN (550, 551, 553) THEN 'address'
    WHEN code >= 500 THEN 'ours'
    ELSE 'passing' END;

-- To whom a letter goes, and its secrets, are sealed with the keys of the installation. Budgets count by keyed digests, which
-- stay when the letter is finished: mailbox_key of what the addresses of a mailbox have in common, address_key of the address.
ALTER TABLE mails ADD COLUMN sealed TEXT NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN address_key TEXT NOT NULL DEFAULT '';

-- What an earlier version kept in the open. The program seals it at the start, and empties the table.
CREATE TABLE unsealed_mails (
    mail      TEXT PRIMARY KEY REFERENCES mails (id) ON DELETE CASCADE,
    recipient TEXT NOT NULL,
    secrets   TEXT NOT NULL,
    subject   TEXT NOT NULL, -- this and the next two: of a letter that a version before 0013 has written, or ''
    text      TEXT NOT NULL,
    html      TEXT NOT NULL
) STRICT;

INSERT INTO unsealed_mails (mail, recipient, secrets, subject, text, html)
SELECT id, recipient, secrets, subject, text, html FROM mails;

UPDATE mails SET mailbox_key = '';
ALTER TABLE mails DROP COLUMN recipient;
ALTER TABLE mails DROP COLUMN secrets;
ALTER TABLE mails DROP COLUMN subject;
ALTER TABLE mails DROP COLUMN text;
ALTER TABLE mails DROP COLUMN html;
