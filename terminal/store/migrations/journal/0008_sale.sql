-- What else is said of a sale: which of the shop's own discounts it was, whose receipt it is, and of
-- which age the cashier made sure.

ALTER TABLE receipt ADD COLUMN discount_id TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN discount_name TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN customer TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt ADD COLUMN age_checked INTEGER NOT NULL DEFAULT 0;
ALTER TABLE receipt_line ADD COLUMN discount_id TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt_line ADD COLUMN discount_name TEXT NOT NULL DEFAULT '';
ALTER TABLE receipt_line ADD COLUMN min_age INTEGER NOT NULL DEFAULT 0;

-- The office makes them rows of its own; until those come, and when they do not, they are here.
CREATE TABLE local_customer (
    id   TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    nip  TEXT NOT NULL,
    seq  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
