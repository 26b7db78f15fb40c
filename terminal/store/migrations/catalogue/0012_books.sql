-- What a product is to the books and to another program of the shop; no till asks for it.

ALTER TABLE product ADD COLUMN external_id TEXT NOT NULL DEFAULT '';
ALTER TABLE product ADD COLUMN kind TEXT NOT NULL DEFAULT 'goods';
ALTER TABLE product ADD COLUMN gtu TEXT NOT NULL DEFAULT '';
