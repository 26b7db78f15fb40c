-- Quick keys, what is in a category, the age of a buyer, reasons of the shop.

CREATE TABLE quick_key (
    id         TEXT PRIMARY KEY,
    position   INTEGER NOT NULL,
    product    TEXT NOT NULL,
    category   TEXT NOT NULL,
    label      TEXT NOT NULL,
    page       INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX product_by_category ON product (category) WHERE is_active AND NOT is_removed;

ALTER TABLE product ADD COLUMN min_age INTEGER NOT NULL DEFAULT 0;
ALTER TABLE settings ADD COLUMN void_reasons TEXT NOT NULL DEFAULT '[]';
