-- When a till that nobody touches is locked, and which language its papers speak.

ALTER TABLE settings ADD COLUMN idle_lock_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN receipt_language TEXT NOT NULL DEFAULT '';
