-- Drafts that were submitted, or could not be saved as a whole, whose answers are still to be deleted from the store of
-- drafts. A row stays until the store has deleted them.
CREATE TABLE discarded_drafts (
    draft TEXT PRIMARY KEY
) STRICT;
