-- Who certifies technicians, and whether a PIN opens the console.

ALTER TABLE settings ADD COLUMN technicians_key TEXT NOT NULL DEFAULT '';
ALTER TABLE settings ADD COLUMN console_pin INTEGER NOT NULL DEFAULT 0;
