from __future__ import annotations

from hw_emulator.posnet.ledger import EMERGENCIES, ONLINE, Kind, Ledger

BORN = {"kind": "born", "at": "2026-03-02T10:00:00+01:00", "nip": "5222628262"}
AT = "2026-03-02T11:00:00+01:00"


def test_numbers_are_within_a_kind():
    ledger = Ledger()
    records = [
        BORN,
        {"kind": "open", "at": AT},
        {"kind": "report", "at": AT, "number": 1},
        {"kind": "rates", "rates_bp": [2300]},
        {"kind": "note", "document": "event", "type": 19, "at": AT, "details": {}},
        {"kind": "note", "document": "image", "at": AT},
        {"kind": "report", "at": AT, "number": 2},
        {"kind": "cancelled", "by": "command", "at": AT},
        {"kind": "cancelled", "by": "power", "at": AT},
    ]
    for record in records:
        ledger.add(record, is_fiscal=True)
    assert [(entry.kind, entry.number) for entry in ledger.entries] == [
        (Kind.FISCALISATION, 1),
        (Kind.REPORT, 1),
        (Kind.RATES, 1),
        (Kind.POWER_FAILURE, 1),
        (Kind.REPORT, 2),
        (Kind.POWER_FAILURE, 2),
    ]
    # A record without a time of its own happened after the one before it.
    assert ledger.of(Kind.RATES)[0].at == AT


def test_a_printer_in_training_writes_none():
    ledger = Ledger()
    for record in (BORN, {"kind": "ram_reset", "at": AT}):
        ledger.add(record, is_fiscal=False)
    assert ledger.entries == []


def test_what_an_event_counts_as():
    assert {Kind.POWER_FAILURE, Kind.PRINTER_UNPLUGGED, Kind.KEY_NOT_DELIVERED} <= EMERGENCIES
    assert not EMERGENCIES & ONLINE
    assert not {Kind.ADDRESS, Kind.CLOCK, Kind.CURRENCY} & (EMERGENCIES | ONLINE)
