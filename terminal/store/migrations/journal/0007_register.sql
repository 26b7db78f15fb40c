-- What became of a sale after it was printed. The documents hold the facts: these tables find them.

CREATE TABLE register_entry (
    id      INTEGER PRIMARY KEY,
    rid     TEXT NOT NULL UNIQUE,
    book    TEXT NOT NULL CHECK (book IN ('returns', 'mistakes')),
    number  INTEGER NOT NULL,
    receipt TEXT NOT NULL,
    UNIQUE (book, number)
) STRICT;

CREATE INDEX register_entry_by_receipt ON register_entry (receipt);

CREATE TABLE payment_correction (
    receipt TEXT PRIMARY KEY,
    rid     TEXT NOT NULL UNIQUE,
    number  INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;

-- How often a receipt was printed again, as what is not fiscal.
CREATE TABLE receipt_copy (
    receipt TEXT PRIMARY KEY,
    times   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Cash that left the drawer by a document and that the printer was not told of yet. The row goes
-- when the movement begins, in one transaction with its intent.
CREATE TABLE cash_due (
    rid       TEXT PRIMARY KEY,
    made_at   TEXT NOT NULL,
    operator  TEXT NOT NULL,
    amount_gr INTEGER NOT NULL CHECK (amount_gr <> 0),
    reason    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The list of transactions by number and by cashier.
CREATE INDEX receipt_by_number ON receipt (receipt_no, closed_at) WHERE closed_at IS NOT NULL;
CREATE INDEX receipt_by_operator ON receipt (operator_id, closed_at) WHERE closed_at IS NOT NULL;

CREATE TRIGGER register_entry_is_kept BEFORE DELETE ON register_entry
BEGIN
    SELECT RAISE(ABORT, 'a register is never cut');
END;

CREATE TRIGGER register_entry_is_fixed BEFORE UPDATE ON register_entry
BEGIN
    SELECT RAISE(ABORT, 'a register is never changed');
END;
