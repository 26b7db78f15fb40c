-- What the office has sealed of the days' heads, and what documents told of persons, apart from
-- them: erasing it breaks no chain.

CREATE TABLE seal (
    epoch INTEGER NOT NULL,
    seq   INTEGER NOT NULL,
    told  TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;

-- `told` is the text whose salted hash the document holds, empty once it was erased. The law wants
-- what stands on invoices kept until a day; an empty `keep_until` says that nothing does.
CREATE TABLE person (
    rid        TEXT PRIMARY KEY REFERENCES document (rid),
    told       TEXT NOT NULL,
    keep_until TEXT NOT NULL,
    erased_at  TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX person_known ON person (keep_until) WHERE told <> '';
CREATE INDEX day_head ON document (epoch, seq) WHERE kind = 'day_head';

CREATE TRIGGER person_is_kept BEFORE DELETE ON person
BEGIN
    SELECT RAISE(ABORT, 'that there was something to tell is never forgotten');
END;

CREATE TRIGGER person_is_fixed BEFORE UPDATE ON person
WHEN NEW.told <> '' OR NEW.rid <> OLD.rid OR NEW.keep_until <> OLD.keep_until
BEGIN
    SELECT RAISE(ABORT, 'what was told of a person is erased or kept, never changed');
END;

-- A finished receipt is still never changed, but for the persons that may be erased from it.
DROP TRIGGER finished_receipt_is_fixed;

CREATE TRIGGER finished_receipt_is_fixed BEFORE UPDATE OF
    rid, state, opened_at, operator_id, operator, discount_gr, total_gr, closed_at, receipt_no,
    report_no, printer_no, totals_gr, seq, percent_bp, percent_mode, place, bill, discount_id,
    discount_name, customer_id, age_checked, document, invoice_no, makes_good
ON receipt
WHEN OLD.state IN ('FISCAL', 'DROPPED')
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;

CREATE TRIGGER finished_receipt_forgets_only BEFORE UPDATE OF
    nip, customer, buyer_name, buyer_address, kid
ON receipt
WHEN OLD.state IN ('FISCAL', 'DROPPED')
    AND (NEW.nip || NEW.customer || NEW.buyer_name || NEW.buyer_address || NEW.kid) <> ''
BEGIN
    SELECT RAISE(ABORT, 'a finished receipt is never changed');
END;
