-- What a product costs in the price lists that are switched on, the first one first: a lookup asks
-- one index for the price that is valid today. "place" is the list's position from above.
CREATE TABLE offer (
    product    INTEGER NOT NULL,
    place      INTEGER NOT NULL,
    price_list TEXT    NOT NULL,
    valid_from TEXT    NOT NULL,
    valid_to   TEXT    NOT NULL,
    price_gr   INTEGER NOT NULL,
    PRIMARY KEY (product, place, price_list)
) STRICT, WITHOUT ROWID;

CREATE INDEX price_by_list ON price (price_list);
