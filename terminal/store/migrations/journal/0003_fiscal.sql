-- A discount given as a percent stays one: the printer prints it, and follows its own rounding.

ALTER TABLE receipt ADD COLUMN percent_bp INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt ADD COLUMN percent_mode TEXT NOT NULL DEFAULT 'value_first'
    CHECK (percent_mode IN ('value_first', 'discount_first'));
ALTER TABLE receipt_line ADD COLUMN percent_bp INTEGER NOT NULL DEFAULT 0;

-- What each printer has sold, as it compares names, and at which rate last: it never sells a name
-- higher again that it has sold lower.
CREATE TABLE goods (
    printer_no TEXT NOT NULL,
    name       TEXT NOT NULL,
    rate_bp    INTEGER NOT NULL,
    PRIMARY KEY (printer_no, name)
) STRICT, WITHOUT ROWID;

-- Cash put in or taken out: the intent with what the printer showed before, then the outcome.
CREATE TABLE cash_move (
    rid        TEXT PRIMARY KEY,
    started_at TEXT NOT NULL,
    operator   TEXT NOT NULL,
    amount_gr  INTEGER NOT NULL CHECK (amount_gr <> 0),
    reason     TEXT NOT NULL,
    base       TEXT NOT NULL,
    cash_gr    INTEGER,
    outcome    TEXT,
    seq        INTEGER
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX cash_move_unfinished ON cash_move (outcome IS NULL) WHERE outcome IS NULL;
