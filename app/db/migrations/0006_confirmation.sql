-- How an application is confirmed: the code beside the link in a letter, and what was pressed on the page of the link.
-- A link without a letter was asked for beyond the limits, and nobody has it.
ALTER TABLE links ADD COLUMN letter     TEXT    NOT NULL DEFAULT '';                                    -- the mail that carries it
ALTER TABLE links ADD COLUMN code       TEXT    NOT NULL DEFAULT '';                                    -- a digest; '': it has none
ALTER TABLE links ADD COLUMN tries      INTEGER NOT NULL DEFAULT 0;                                     -- of codes, right and wrong
ALTER TABLE links ADD COLUMN doubted    INTEGER NOT NULL DEFAULT 0 CHECK (doubted IN (0, 1));           -- a machine pressed: only the code helps
ALTER TABLE links ADD COLUMN pressed    TEXT    NOT NULL DEFAULT '' CHECK (pressed IN ('', 'yes', 'keep', 'no', 'delete'));
ALTER TABLE links ADD COLUMN pressed_at INTEGER NOT NULL DEFAULT 0;

CREATE INDEX links_pressed ON links (pressed_at) WHERE pressed IN ('yes', 'delete');

UPDATE links SET letter = 'unknown'; -- until now, all had one

CREATE INDEX members_mailbox ON members (lower(email));

-- What letters are counted by: the mailbox they most likely come to, and the network from which they were asked for,
-- as a digest. '': nobody asked.
ALTER TABLE mails ADD COLUMN mailbox TEXT NOT NULL DEFAULT '';
ALTER TABLE mails ADD COLUMN network TEXT NOT NULL DEFAULT '';

UPDATE mails SET mailbox = lower(recipient);

CREATE INDEX mails_mailbox ON mails (mailbox, written);
CREATE INDEX mails_network ON mails (network, written) WHERE network <> '';
CREATE INDEX mails_written ON mails (written);
DROP INDEX mails_recipient;

-- How often links were opened in ways that people seldom open them, by the domain of the mailbox. Nothing about a person.
CREATE TABLE openings (
    day    TEXT    NOT NULL,              -- as in 2026-11-22, UTC
    domain TEXT    NOT NULL,
    manner TEXT    NOT NULL CHECK (manner IN ('stranger', 'head', 'early')),
    n      INTEGER NOT NULL,
    PRIMARY KEY (day, domain, manner)
) STRICT;
