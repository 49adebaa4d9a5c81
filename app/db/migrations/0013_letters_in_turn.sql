-- A letter beyond a budget waits for its turn: planned is when its first attempt may be made, and what budgets count by.
ALTER TABLE mails RENAME COLUMN written TO planned;

DROP INDEX mails_written;
CREATE INDEX mails_planned ON mails (planned);

-- What the queue attends to first: 0: the first attempt of a letter that a person waits for, 1: that of another letter,
-- 2: a later attempt.
ALTER TABLE mails ADD COLUMN priority INTEGER NOT NULL DEFAULT 1 CHECK (priority IN (0, 1, 2));

UPDATE mails SET priority = CASE WHEN attempts > 0 THEN 2 WHEN kind IN ('confirm', 'resume') THEN 0 ELSE 1 END WHERE state = 'waiting';

DROP INDEX mails_due;
CREATE INDEX mails_priority ON mails (priority, due) WHERE state = 'waiting';
