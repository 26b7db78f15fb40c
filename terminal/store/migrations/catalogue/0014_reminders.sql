-- When somebody is asked to synchronise, and what becomes of a second customer with one NIP.

ALTER TABLE settings ADD COLUMN remind_every_min INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN remind_snooze_min INTEGER NOT NULL DEFAULT 15;
ALTER TABLE settings ADD COLUMN remind_from TEXT NOT NULL DEFAULT '08:00';
ALTER TABLE settings ADD COLUMN remind_to TEXT NOT NULL DEFAULT '20:00';
ALTER TABLE settings ADD COLUMN remind_days TEXT NOT NULL DEFAULT '1234567';
ALTER TABLE settings ADD COLUMN remind_after_login INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN remind_before_document INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN duplicate_nip TEXT NOT NULL DEFAULT 'warn';
