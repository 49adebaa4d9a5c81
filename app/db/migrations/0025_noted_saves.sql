-- The save that expires_at counts from, so that expires_at can follow DRAFT_TTL. Later saves may not be noted; 0: it is not known.
ALTER TABLE draft_access ADD COLUMN noted_at INTEGER NOT NULL DEFAULT 0;
