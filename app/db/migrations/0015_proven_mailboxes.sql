-- The mailbox that was proven, by a link that was mailed there: a digest of its address, '' for none. A browser has proven
-- it, a code passes it on from the browser that made it, and the last one proven is that of the draft.
ALTER TABLE sessions ADD COLUMN proven TEXT NOT NULL DEFAULT '';
ALTER TABLE grants ADD COLUMN proven TEXT NOT NULL DEFAULT '';
ALTER TABLE draft_access ADD COLUMN proven TEXT NOT NULL DEFAULT '';

CREATE INDEX draft_access_proven ON draft_access (proven) WHERE proven <> '';

-- When the session was closed, because another browser came in by such a link; 0: it is open.
ALTER TABLE sessions ADD COLUMN closed_at INTEGER NOT NULL DEFAULT 0;
