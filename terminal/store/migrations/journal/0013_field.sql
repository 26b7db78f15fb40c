-- What is done outside the shop: rows that this till has written before the office had them, the
-- order or quote that is being written, numbers, and files whose bytes the office lacks.

-- `body` is shown until the catalogue's row is another one than `base`, what it was before; `base`
-- is empty where there was none. `rid` is the document that told it last.
CREATE TABLE own_row (
    set_name TEXT NOT NULL,
    id       TEXT NOT NULL,
    body     TEXT NOT NULL,
    base     TEXT NOT NULL,
    rid      TEXT NOT NULL,
    PRIMARY KEY (set_name, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX own_row_by_document ON own_row (rid);

INSERT INTO own_row (set_name, id, body, base, rid)
SELECT 'customers', id, json_object('id', id, 'name', name, 'nip', nip), '', id
FROM local_customer;

-- What became of an order or a quote here, whoever wrote it; it never opens again.
CREATE TABLE sales_fate (
    id      TEXT PRIMARY KEY,
    state   TEXT NOT NULL CHECK (state IN ('realised', 'cancelled')),
    receipt TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_number (
    type TEXT PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_draft (
    id   INTEGER PRIMARY KEY CHECK (id = 1),
    body TEXT NOT NULL
) STRICT;

-- A file of this till by the digest of its bytes; the office has it once it was `sent`.
CREATE TABLE content (
    sha256 TEXT PRIMARY KEY,
    size   INTEGER NOT NULL,
    state  TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
    reason TEXT NOT NULL DEFAULT '',
    rid    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX content_waiting ON content (rid) WHERE state = 'waiting';

ALTER TABLE receipt ADD COLUMN fulfils TEXT NOT NULL DEFAULT '';
CREATE INDEX receipt_fulfils ON receipt (fulfils) WHERE fulfils <> '';

DROP TRIGGER finished_receipt_is_fixed;

CREATE TRIGGER finished_receipt_is_fixed BEFORE UPDATE OF
    rid, state, opened_at, operator_id, operator, discount_gr, total_gr, closed_at, receipt_no,
    report_no, printer_no, totals_gr, seq, percent_bp, percent_mode, place, bill, discount_id,
    discount_name, customer_id, age_checked, document, invoice_no, makes_good, fulfils
ON receipt
WHEN OLD.state IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;
