from __future__ import annotations

import os
import stat

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace

from backoffice import receive
from backoffice.errors import BadSetting
from backoffice.seals import Sealing, kept_sealing
from backoffice.store.engine import reading
from terminal.sync import wire
from tests.backoffice.test_judge_heads import head


def seals(engine, till, clock, sealing, entries, unsealed=()):
    push = wire.JournalPush(1, [*entries], unsealed=[*unsealed])
    receive.receive(engine, till, push, clock())
    with reading(engine) as database:
        return sealing.heads(database, till, push)


@pytest.fixture
def journal(books):
    made = books()
    made.add(made.receipt(1, 100))
    head(made)
    return made


def test_a_head_is_sealed_whenever_it_is_sent_or_asked_for(engine, till, clock, journal):
    sealing = Sealing(os.urandom(32))
    (seal,) = seals(engine, till, clock, sealing, journal.entries)
    place = seal.terminal, seal.epoch, seal.seq, seal.hash
    assert place == (till, 1, 2, journal.entries[1].hash)
    text = wire.signed_text(wire.SEAL_MARK, seal)
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.office_key))
    key.verify(bytes.fromhex(seal.signature), text)
    clock.push(days=3)
    assert seals(engine, till, clock, sealing, journal.entries) == [seal]
    assert seals(engine, till, clock, sealing, [], [wire.Place(1, 2)]) == [seal]
    assert seals(engine, till, clock, sealing, [], [wire.Place(1, 1), wire.Place(1, 9)]) == []
    assert seals(engine, till, clock, sealing, []) == []


def test_what_the_office_rejected_it_does_not_seal(engine, till, clock, books):
    journal = books()
    journal.add(journal.receipt(1, 100))
    head(journal, count=9)
    assert seals(engine, till, clock, Sealing(os.urandom(32)), journal.entries) == []


def test_an_office_without_a_key_seals_nothing(engine, till, clock, journal):
    assert seals(engine, till, clock, Sealing(), journal.entries) == []
    with pytest.raises(BadSetting):
        Sealing().seal("K1", 1, 2, "ab" * 32, "")


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    place = tmp_path / "office.seal-key"
    made = kept_sealing(place)
    assert (kept_sealing(place).public, len(made.public)) == (made.public, 64)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    place.chmod(0o644)
    with pytest.raises(BadSetting, match="600"):
        kept_sealing(place)
    place.chmod(0o600)
    for text in ("", "abcd", "no hex"):
        place.write_text(text)
        with pytest.raises(BadSetting, match="holds no key"):
            kept_sealing(place)


def test_a_seal_covers_all_that_it_says(journal):
    seal = Sealing(os.urandom(32)).seal("K1", 1, 2, "ab" * 32, "2026-03-01T12:00:00.000Z")
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(seal.office_key))
    changes = [{"terminal": "K2"}, {"epoch": 2}, {"seq": 3}, {"hash": "cd" * 32}]
    for change in (*changes, {"received_at": "2026-03-02T12:00:00.000Z"}):
        text = wire.signed_text(wire.SEAL_MARK, replace(seal, **change))
        with pytest.raises(InvalidSignature):
            key.verify(bytes.fromhex(seal.signature), text)
