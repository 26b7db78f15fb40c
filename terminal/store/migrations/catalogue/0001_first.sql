-- What the back office sent. Nothing here is born on the till, so the file can be rebuilt any time.
-- A removed row stays, marked: history may name it. Pages come in any order, so no foreign keys.

CREATE TABLE data_set (
    name       TEXT PRIMARY KEY,
    revision   INTEGER NOT NULL,
    rows       INTEGER NOT NULL,
    applied_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE refused (
    set_name TEXT NOT NULL,
    row_id   TEXT NOT NULL,
    reason   TEXT NOT NULL,
    body     TEXT NOT NULL,
    at       TEXT NOT NULL,
    PRIMARY KEY (set_name, row_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE settings (
    id             TEXT PRIMARY KEY,
    login_mode     TEXT NOT NULL,
    close_profile  TEXT NOT NULL,
    close_at       TEXT NOT NULL,
    receipt_footer TEXT NOT NULL,
    language       TEXT NOT NULL,
    is_removed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE shop (
    id          TEXT PRIMARY KEY,
    company     TEXT NOT NULL,
    nip         TEXT NOT NULL,
    name        TEXT NOT NULL,
    street      TEXT NOT NULL,
    postal_code TEXT NOT NULL,
    city        TEXT NOT NULL,
    is_removed  INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE vat_rate (
    id         TEXT PRIMARY KEY,
    rate_bp    INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE payment_method (
    id           TEXT PRIMARY KEY,
    name         TEXT NOT NULL,
    kind         TEXT NOT NULL,
    position     INTEGER NOT NULL,
    opens_drawer INTEGER NOT NULL,
    is_active    INTEGER NOT NULL,
    is_removed   INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE role (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    rights     TEXT NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE user (
    id         TEXT PRIMARY KEY,
    identifier TEXT NOT NULL,
    name       TEXT NOT NULL,
    role       TEXT NOT NULL,
    pin_hash   TEXT NOT NULL,
    language   TEXT NOT NULL,
    is_active  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX user_by_identifier ON user (identifier);

CREATE TABLE unit (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    precision  INTEGER NOT NULL,
    is_weighed INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE category (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    parent     TEXT NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- "no" is local: the indexes below are small and quick because they hold it instead of the id.
CREATE TABLE product (
    no            INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,
    name          TEXT NOT NULL,
    vat           TEXT NOT NULL,
    price_gr      INTEGER NOT NULL,
    unit          TEXT NOT NULL,
    plu           TEXT NOT NULL,
    barcodes      TEXT NOT NULL,
    category      TEXT NOT NULL,
    is_open_price INTEGER NOT NULL,
    is_active     INTEGER NOT NULL,
    is_removed    INTEGER NOT NULL DEFAULT 0
) STRICT;

-- PLUs and barcodes of what can be sold now. Two products may share a code: the cashier chooses.
CREATE TABLE barcode (
    code    TEXT NOT NULL,
    product INTEGER NOT NULL,
    PRIMARY KEY (code, product)
) STRICT, WITHOUT ROWID;

CREATE INDEX barcode_by_product ON barcode (product);

-- Names of what can be sold now, folded, as letters and as keys of a phone. No triggers keep the
-- index in step: a schema that is not trusted may not reach a virtual table.
CREATE TABLE product_name (
    no      INTEGER PRIMARY KEY,
    product TEXT NOT NULL,
    letters TEXT NOT NULL,
    keys    TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE name_index USING fts5 (
    letters, keys,
    content = 'product_name', content_rowid = 'no', tokenize = 'trigram'
);
