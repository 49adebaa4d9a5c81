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
