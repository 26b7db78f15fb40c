-- Names as the fiscal printer compares them: a page asks for those of its own products only.

ALTER TABLE product_name ADD COLUMN printed TEXT NOT NULL DEFAULT '';

UPDATE product_name SET
    printed = compared_name((SELECT name FROM product WHERE product.no = product_name.no));

CREATE INDEX product_name_by_printed ON product_name (printed);
