-- Parked receipts (their rid, as JSON) that whoever closed the day gave up: done after the report.
ALTER TABLE closing ADD COLUMN drops TEXT NOT NULL DEFAULT '[]';
