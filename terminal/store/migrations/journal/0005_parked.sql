-- Parked receipts: unfinished as the one on the screen, but somewhere else.

-- 'parked' lies under the name "bill"; of a 'moved' one the lines went into other receipts, or to
-- another till, and a document says where.
ALTER TABLE receipt ADD COLUMN place TEXT NOT NULL DEFAULT 'screen'
    CHECK (place IN ('screen', 'parked', 'moved'));
ALTER TABLE receipt ADD COLUMN bill TEXT NOT NULL DEFAULT '';

DROP INDEX receipt_unfinished;
CREATE UNIQUE INDEX receipt_unfinished ON receipt (state IN ('OPEN', 'PAID', 'PRINTING'))
    WHERE state IN ('OPEN', 'PAID', 'PRINTING') AND place = 'screen';
-- Under each name lies one receipt at most.
CREATE UNIQUE INDEX receipt_parked ON receipt (bill) WHERE state = 'OPEN' AND place = 'parked';

-- Names that cashiers added; those of the office are in its settings.
CREATE TABLE bill (
    name     TEXT PRIMARY KEY,
    added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Parked receipts that the office holds for all tills of the shop, each under a name used once.
-- From the moment of this row nobody sells one without having taken it from there.
CREATE TABLE shared (
    rid     TEXT PRIMARY KEY REFERENCES receipt (rid),
    share   TEXT NOT NULL UNIQUE,
    is_held INTEGER NOT NULL DEFAULT 0 CHECK (is_held IN (0, 1))
) STRICT, WITHOUT ROWID;

-- What this till has asked the office for, and has no answer to: asked again with the same request.
CREATE TABLE taking (
    share   TEXT PRIMARY KEY,
    request TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

CREATE TRIGGER only_the_receipt_on_the_screen_is_paid BEFORE UPDATE OF state ON receipt
WHEN OLD.place <> 'screen' AND NEW.state NOT IN ('OPEN', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a receipt is taken up before it is paid');
END;

CREATE TRIGGER only_an_unpaid_receipt_is_laid_aside BEFORE UPDATE OF place ON receipt
WHEN NEW.place <> OLD.place
    AND (OLD.state <> 'OPEN' OR EXISTS (SELECT 1 FROM payment WHERE rid = OLD.rid))
BEGIN
    SELECT RAISE(ABORT, 'a receipt that is being paid stays on the screen');
END;

CREATE TRIGGER moved_receipt_is_fixed BEFORE UPDATE ON receipt
WHEN OLD.place = 'moved'
BEGIN
    SELECT RAISE(ABORT, 'a receipt whose lines have moved is never changed');
END;
