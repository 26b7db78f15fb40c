from __future__ import annotations

from backoffice.exchange.links import Link, digest, link, links, unlink
from backoffice.store.engine import reading, writing


def test_a_link_is_of_one_channel_and_set_and_is_replaced(engine):
    old, new = Link(digest("{}"), "K-1"), Link(digest('{"a":1}'))
    with writing(engine) as database:
        link(database, "main", "customers", {"1": old, "2": old})
        link(database, "main", "customers", {"2": new})
        link(database, "field", "customers", {"1": new})
        link(database, "main", "products", {"1": new})
    with reading(engine) as database:
        assert links(database, "main", "customers", ["1", "2", "3"]) == {"1": old, "2": new}
        assert links(database, "field", "customers", ["1", "2"]) == {"1": new}
        assert links(database, "main", "customers", []) == {}


def test_many_links_are_kept_read_and_forgotten(engine):
    many = {str(no): Link(digest(str(no))) for no in range(1200)}
    with writing(engine) as database:
        link(database, "main", "products", many)
        assert links(database, "main", "products", many) == many
        unlink(database, "main", "products", list(many)[:1100])
        assert len(links(database, "main", "products", many)) == 100


def test_the_digest_tells_bodies_apart():
    assert digest("{}") != digest("{ }")
    assert len(digest("ż")) == 64
