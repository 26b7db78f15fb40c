from __future__ import annotations

from terminal.sync import wire

FIRST = wire.target_of("stable", "1.0.0", wire.platform_here())
SECOND = wire.target_of("stable", "1.1.0", wire.platform_here())


def test_a_till_finds_what_was_published(publisher, till, next_bundle):
    path, found = till.fetch(FIRST)
    assert found.custom["counter"] == 1
    assert till.fetch(SECOND) is None
    publisher.publish(next_bundle)
    path, found = till.fetch(SECOND)
    assert open(path, "rb").read() == next_bundle.read_bytes()
