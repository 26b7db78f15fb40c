-- Shifts of cashiers, and what belongs to which: receipts, cash moved, drawers opened, returns.

CREATE TABLE shift (
    rid         TEXT PRIMARY KEY,
    operator_id TEXT NOT NULL,
    operator    TEXT NOT NULL,
    opened_at   TEXT NOT NULL,
    opening_gr  INTEGER,
    count       TEXT NOT NULL DEFAULT '',
    closed_at   TEXT
) STRICT, WITHOUT ROWID;

-- Several cashiers may have one open at a till, each only one.
CREATE UNIQUE INDEX shift_open ON shift (operator_id) WHERE closed_at IS NULL;

CREATE TABLE shift_part (
    rid   TEXT PRIMARY KEY,
    shift TEXT NOT NULL REFERENCES shift (rid),
    what  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX shift_part_by_shift ON shift_part (shift, what);

CREATE TRIGGER closed_shift_is_fixed BEFORE UPDATE ON shift
WHEN OLD.closed_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'a closed shift is never changed');
END;

-- Slips of cash are numbered by these documents; a report by its kind is asked for by name.
CREATE INDEX document_by_kind ON document (kind, epoch, seq)
    WHERE kind IN ('cash', 'shift', 'report', 'printed_report');
