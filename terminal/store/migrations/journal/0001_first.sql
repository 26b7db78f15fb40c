-- Facts of one till: what was sold, reported, and told to the back office.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE receipt (
    rid         TEXT PRIMARY KEY,
    state       TEXT NOT NULL CHECK (state IN ('OPEN', 'PAID', 'PRINTING', 'FISCAL', 'DROPPED')),
    opened_at   TEXT NOT NULL,
    operator_id TEXT NOT NULL,
    operator    TEXT NOT NULL,
    discount_gr INTEGER NOT NULL DEFAULT 0,
    nip         TEXT NOT NULL DEFAULT '',
    total_gr    INTEGER NOT NULL DEFAULT 0,
    closed_at   TEXT,
    receipt_no  INTEGER,
    report_no   INTEGER,
    printer_no  TEXT,
    totals_gr   TEXT,
    seq         INTEGER
) STRICT;

-- At most one receipt is being sold at a time; recovery reads what is unfinished through this index.
CREATE UNIQUE INDEX receipt_unfinished ON receipt (state IN ('OPEN', 'PAID', 'PRINTING'))
    WHERE state IN ('OPEN', 'PAID', 'PRINTING');
CREATE INDEX receipt_by_end ON receipt (closed_at) WHERE closed_at IS NOT NULL;

CREATE INDEX receipt_by_report ON receipt (report_no) WHERE report_no IS NOT NULL;

CREATE TABLE receipt_line (
    rid           TEXT NOT NULL REFERENCES receipt (rid),
    no            INTEGER NOT NULL,
    product       TEXT NOT NULL,
    plu           TEXT NOT NULL,
    barcode       TEXT NOT NULL,
    name          TEXT NOT NULL,
    unit          TEXT NOT NULL,
    precision     INTEGER NOT NULL,
    vat           TEXT NOT NULL,
    rate_bp       INTEGER NOT NULL,
    list_price_gr INTEGER NOT NULL,
    price_gr      INTEGER NOT NULL,
    qty_milli     INTEGER NOT NULL,
    discount_gr   INTEGER NOT NULL,
    is_void       INTEGER NOT NULL,
    PRIMARY KEY (rid, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE payment (
    rid       TEXT NOT NULL REFERENCES receipt (rid),
    no        INTEGER NOT NULL,
    method    TEXT NOT NULL,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    amount_gr INTEGER NOT NULL,
    PRIMARY KEY (rid, no)
) STRICT, WITHOUT ROWID;

-- One row for each time that a receipt was sent to the printer: written before the first byte.
CREATE TABLE attempt (
    rid        TEXT NOT NULL REFERENCES receipt (rid),
    no         INTEGER NOT NULL,
    started_at TEXT NOT NULL,
    base       TEXT NOT NULL,
    token      INTEGER NOT NULL,
    outcome    TEXT,
    PRIMARY KEY (rid, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE closing (
    id         INTEGER PRIMARY KEY,
    rid        TEXT NOT NULL UNIQUE,
    step       TEXT NOT NULL,
    started_at TEXT NOT NULL,
    operator   TEXT NOT NULL,
    base       TEXT NOT NULL,
    local_gr   TEXT NOT NULL,
    token      INTEGER NOT NULL,
    report_no  INTEGER,
    route      TEXT NOT NULL,
    notes      TEXT NOT NULL DEFAULT '[]',
    ended_at   TEXT
) STRICT;

CREATE UNIQUE INDEX closing_unfinished ON closing (ended_at IS NULL) WHERE ended_at IS NULL;

-- The chain that the back office receives; never changed, never deleted.
CREATE TABLE document (
    epoch   INTEGER NOT NULL,
    seq     INTEGER NOT NULL,
    rid     TEXT NOT NULL UNIQUE,
    kind    TEXT NOT NULL,
    made_at TEXT NOT NULL,
    prev    TEXT NOT NULL,
    hash    TEXT NOT NULL,
    body    TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- How far the back office has confirmed the chain: the outbox is what lies beyond.
CREATE TABLE delivered (
    id    INTEGER PRIMARY KEY CHECK (id = 1),
    epoch INTEGER NOT NULL,
    hw    INTEGER NOT NULL,
    head  TEXT NOT NULL
) STRICT;

CREATE TABLE verdict (
    epoch       INTEGER NOT NULL,
    seq         INTEGER NOT NULL,
    is_accepted INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_failure (
    who          TEXT PRIMARY KEY,
    count        INTEGER NOT NULL,
    locked_until REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE sold (
    product TEXT PRIMARY KEY,
    times   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER document_is_kept BEFORE DELETE ON document
BEGIN
    SELECT RAISE(ABORT, 'documents are never deleted');
END;

CREATE TRIGGER document_is_fixed BEFORE UPDATE ON document
BEGIN
    SELECT RAISE(ABORT, 'documents are never changed');
END;

CREATE TRIGGER receipt_is_kept BEFORE DELETE ON receipt
BEGIN
    SELECT RAISE(ABORT, 'receipts are never deleted');
END;

CREATE TRIGGER finished_receipt_is_fixed BEFORE UPDATE ON receipt
WHEN OLD.state IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_line_is_fixed BEFORE UPDATE ON receipt_line
WHEN (SELECT state FROM receipt WHERE rid = OLD.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_line_is_kept BEFORE DELETE ON receipt_line
WHEN (SELECT state FROM receipt WHERE rid = OLD.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_payment_is_fixed BEFORE UPDATE ON payment
WHEN (SELECT state FROM receipt WHERE rid = OLD.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_payment_is_kept BEFORE DELETE ON payment
WHEN (SELECT state FROM receipt WHERE rid = OLD.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_receipt_takes_no_line BEFORE INSERT ON receipt_line
WHEN (SELECT state FROM receipt WHERE rid = NEW.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_receipt_takes_no_payment BEFORE INSERT ON payment
WHEN (SELECT state FROM receipt WHERE rid = NEW.rid) IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;
