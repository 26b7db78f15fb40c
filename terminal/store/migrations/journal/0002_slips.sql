-- Slips for the receipt printer: printed in their order, once, or again with a mark.
-- Only adds to the journal: a program that does not know this table can go on with all others.

CREATE TABLE slip (
    id         INTEGER PRIMARY KEY,
    key        TEXT NOT NULL UNIQUE,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL CHECK (state IN ('WAITING', 'PRINTING', 'UNSURE', 'PRINTED', 'DROPPED')),
    copies     INTEGER NOT NULL DEFAULT 0 CHECK (copies >= 0),
    made_at    TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    why        TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL
) STRICT;

-- One slip is on the printer at a time.
CREATE UNIQUE INDEX slip_printing ON slip (state) WHERE state = 'PRINTING';

CREATE INDEX slip_unfinished ON slip (id) WHERE state IN ('WAITING', 'PRINTING', 'UNSURE');

CREATE TRIGGER slip_is_fixed BEFORE UPDATE ON slip
WHEN NEW.id <> OLD.id OR NEW.key <> OLD.key OR NEW.kind <> OLD.kind OR NEW.body <> OLD.body
BEGIN
    SELECT RAISE(ABORT, 'a slip is never changed');
END;

-- What the mark on a second paper hangs on: it must not be forgotten that there was a first.
CREATE TRIGGER slip_counts_its_papers BEFORE UPDATE ON slip
WHEN NEW.copies < OLD.copies
    OR (OLD.state = 'PRINTING' AND NEW.state IN ('PRINTED', 'UNSURE') AND NEW.copies = OLD.copies)
BEGIN
    SELECT RAISE(ABORT, 'paper that may have been printed is counted');
END;

CREATE TRIGGER unfinished_slip_is_kept BEFORE DELETE ON slip
WHEN OLD.state NOT IN ('PRINTED', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a slip that is not finished is never deleted');
END;
