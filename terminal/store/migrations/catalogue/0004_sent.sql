-- What the office sent last of each row, taken or refused, as its part of the digest of the set.
-- Of rows that came before this nothing is known, so they are fetched once more.

ALTER TABLE data_set ADD COLUMN digest TEXT NOT NULL
    DEFAULT '0000000000000000000000000000000000000000000000000000000000000000';

UPDATE data_set SET revision = 0;

CREATE TABLE sent (
    set_name TEXT NOT NULL,
    row_id   TEXT NOT NULL,
    number   BLOB NOT NULL,
    PRIMARY KEY (set_name, row_id)
) STRICT, WITHOUT ROWID;
