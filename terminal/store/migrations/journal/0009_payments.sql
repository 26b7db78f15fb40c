-- How exactly it was paid, which document the customer gets, and bills that wait for their receipt.

ALTER TABLE payment ADD COLUMN status TEXT NOT NULL DEFAULT ''
    CHECK (status IN ('', 'asked', 'unknown', 'approved'));
ALTER TABLE payment ADD COLUMN reference TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN symbol TEXT NOT NULL DEFAULT '';
ALTER TABLE payment ADD COLUMN foreign_amount INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN rate_e4 INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment ADD COLUMN face_gr INTEGER NOT NULL DEFAULT 0;

ALTER TABLE receipt ADD COLUMN document TEXT NOT NULL DEFAULT 'receipt'
    CHECK (document IN ('receipt', 'invoice', 'meal_invoice', 'e_receipt'));
ALTER TABLE receipt ADD COLUMN buyer_name TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN buyer_address TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN kid TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN invoice_no INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt ADD COLUMN makes_good TEXT NOT NULL DEFAULT '';

-- A number of an invoice is given once, to whatever becomes of its receipt.
CREATE UNIQUE INDEX receipt_by_invoice ON receipt (invoice_no) WHERE invoice_no > 0;

-- A receipt that ended in a non-fiscal bill: its row is finished as DROPPED, for nothing was sold to
-- the fiscal memory. ``receipt`` is the one that made it good; until then the bill waits.
CREATE TABLE nonfiscal_bill (
    rid     TEXT PRIMARY KEY REFERENCES receipt (rid),
    no      INTEGER NOT NULL UNIQUE,
    at      TEXT NOT NULL,
    receipt TEXT REFERENCES receipt (rid)
) STRICT, WITHOUT ROWID;

CREATE INDEX nonfiscal_bill_waiting ON nonfiscal_bill (no) WHERE receipt IS NULL;
