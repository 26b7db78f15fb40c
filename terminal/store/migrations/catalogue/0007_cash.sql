-- How cash is looked after: shifts, their counting, the drawer.

ALTER TABLE settings ADD COLUMN cash_management INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN blind_count INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN opening_float_gr INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN drawer_rule TEXT NOT NULL DEFAULT 'reason';
