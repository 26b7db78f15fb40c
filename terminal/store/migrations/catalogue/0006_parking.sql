-- Parked receipts: whether, who sees them, whether the tills of a shop share them, and their names.

ALTER TABLE settings ADD COLUMN parking INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN parking_visibility TEXT NOT NULL DEFAULT 'all';
ALTER TABLE settings ADD COLUMN parking_shared INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN parking_names TEXT NOT NULL DEFAULT '[]';
