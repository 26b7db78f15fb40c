-- Extra codes, prices with validity, discounts, currencies, customers, stock.

CREATE TABLE currency (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    rate_e4    INTEGER NOT NULL,
    is_active  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE extra_barcode (
    id         TEXT PRIMARY KEY,
    product    TEXT NOT NULL,
    qty_milli  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX extra_barcode_by_product ON extra_barcode (product);

CREATE TABLE price_list (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    position   INTEGER NOT NULL,
    is_active  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE price (
    id         TEXT PRIMARY KEY,
    price_list TEXT NOT NULL,
    product    TEXT NOT NULL,
    price_gr   INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX price_by_product ON price (product);

CREATE TABLE discount (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    scope      TEXT NOT NULL,
    amount_gr  INTEGER NOT NULL,
    percent_bp INTEGER NOT NULL,
    is_markup  INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to   TEXT NOT NULL,
    is_active  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE customer (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    nip         TEXT NOT NULL,
    street      TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    email       TEXT NOT NULL,
    phone       TEXT NOT NULL,
    is_active   INTEGER NOT NULL,
    is_removed  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE stock (
    id         TEXT PRIMARY KEY,
    qty_milli  INTEGER NOT NULL,
    as_of      TEXT NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- How much of the product a code sells: the code of a multipack stands for several pieces.
ALTER TABLE barcode ADD COLUMN qty_milli INTEGER NOT NULL DEFAULT 1000;
