-- What a payment method asks for and gives back, and from which day a rate of exchange is.

ALTER TABLE payment_method ADD COLUMN is_fiscal INTEGER NOT NULL DEFAULT 1;
ALTER TABLE payment_method ADD COLUMN always_separate INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment_method ADD COLUMN uses_terminal INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment_method ADD COLUMN gives_change INTEGER NOT NULL DEFAULT 0;
ALTER TABLE payment_method ADD COLUMN refund_allowed INTEGER NOT NULL DEFAULT 1;
ALTER TABLE payment_method ADD COLUMN account_no TEXT NOT NULL DEFAULT '';

ALTER TABLE currency ADD COLUMN rate_of TEXT NOT NULL DEFAULT '';

ALTER TABLE settings ADD COLUMN meal_invoices INTEGER NOT NULL DEFAULT 0;
