-- What is done outside the shop: who sells there, orders and quotes, visits, files and notes.

ALTER TABLE customer ADD COLUMN is_potential INTEGER NOT NULL DEFAULT 0;

CREATE TABLE representative (
    id         TEXT PRIMARY KEY,
    name       TEXT NOT NULL,
    user       TEXT NOT NULL,
    phone      TEXT NOT NULL,
    email      TEXT NOT NULL,
    is_active  INTEGER NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE TABLE sales_document (
    id             TEXT PRIMARY KEY,
    type           TEXT NOT NULL,
    number         TEXT NOT NULL,
    customer       TEXT NOT NULL,
    issued_at      TEXT NOT NULL,
    total_gr       INTEGER NOT NULL,
    lines          TEXT NOT NULL,
    due            TEXT NOT NULL,
    state          TEXT NOT NULL,
    note           TEXT NOT NULL,
    representative TEXT NOT NULL,
    from_quote     TEXT NOT NULL,
    receipt        TEXT NOT NULL,
    is_removed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX sales_document_by_time ON sales_document (issued_at, id);
CREATE INDEX sales_document_by_customer ON sales_document (customer);

CREATE TABLE visit (
    id             TEXT PRIMARY KEY,
    customer       TEXT NOT NULL,
    at             TEXT NOT NULL,
    subject        TEXT NOT NULL,
    minutes        INTEGER NOT NULL,
    representative TEXT NOT NULL,
    state          TEXT NOT NULL,
    began_at       TEXT NOT NULL,
    ended_at       TEXT NOT NULL,
    note           TEXT NOT NULL,
    next_visit     TEXT NOT NULL,
    is_removed     INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX visit_by_time ON visit (at, id);

CREATE TABLE attachment (
    id         TEXT PRIMARY KEY,
    about      TEXT NOT NULL,
    of         TEXT NOT NULL,
    kind       TEXT NOT NULL,
    at         TEXT NOT NULL,
    name       TEXT NOT NULL,
    size       INTEGER NOT NULL,
    sha256     TEXT NOT NULL,
    media_type TEXT NOT NULL,
    text       TEXT NOT NULL,
    is_removed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_by_subject ON attachment (about, of);
