from __future__ import annotations

import pytest

from hw_emulator.posnet.event_reports import Event, events


@pytest.fixture
def eventful(bench):
    bench.run("hdrset|txSklep|pr1", "rtcset|da2026-03-02,10:30")
    bench.report()
    bench.run(f"vatset|va22|vb8|da{bench.today}")
    bench.sell()
    bench.report()
    return bench


def added(bench, text: str) -> str:
    before = bench.printed
    bench.run(text)
    return bench.printed.removeprefix(before)


def test_events_of_the_records():
    at = "2026-03-02T10:00:00+01:00"
    records = [
        {"kind": "born", "at": at, "is_fiscal": True},
        {"kind": "setting", "values": {"cashier": "Anna"}},
        {"kind": "cancelled", "at": at, "by": "command"},
        {"kind": "cancelled_invoice", "at": at, "by": "power"},
        {"kind": "report", "at": at, "number": 1},
        {"kind": "ram_reset", "at": at},
        {"kind": "read_only", "at": at},
    ]
    found = list(events(records))
    assert found == [Event(1, at, 1), Event(18, at, 1), Event(2, at, 2), Event(4, at, 2)]
    assert list(events([{"kind": "born", "at": at, "is_fiscal": False}])) == []


def test_by_numbers(eventful):
    printed = added(eventful, "eventsrepbynumbers|fn1|tn1|ty0")
    assert "RAPORT FISKALNY ZDARZEŃ wg RFD" in printed
    assert "OD RFD 1                        DO RFD 1" in printed
    assert "ZMIANA DATY I CZASU     2026-03-02 10:30" in printed
    for line in (
        "FISKALIZACJA                           1",
        "ZMIANA ADRESU PUNKTU SPRZEDAŻY         1",
        "ZMIANA DATY I CZASU                    1",
        "ZMIANA STAWEK PTU                      0",
    ):
        assert line + "\n" in printed


def test_of_one_kind_and_in_short(eventful):
    printed = added(eventful, "eventsrepbynumbers|fn1|tn2|ty3|su1")
    assert "ŁĄCZNY" in printed
    assert "ZMIANA STAWEK PTU                      1" in printed
    assert "FISKALIZACJA" not in printed
    assert "ZMIANA STAWEK PTU       2026" not in printed


def test_by_dates(eventful):
    printed = added(eventful, "eventsrepbydates|fd2026-03-01|td2026-03-02|ty0")
    assert "RAPORT FISKALNY ZDARZEŃ wg dat" in printed
    assert "ZMIANA STAWEK PTU                      1" in printed


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("eventsrepbynumbers|fn1|tn1|ty26", 4105),
        ("eventsrepbynumbers|fn2|tn2|ty2", 4100),
        ("eventsrepbynumbers|fn0|tn1|ty0", 2047),
        ("eventsrepbynumbers|fn1|tn9|ty0", 2049),
        ("eventsrepbydates|fd2026-03-02|td2026-03-01|ty0", 2050),
        ("eventsrepbydates|fd2026-13-02|td2026-03-01|ty0", 2042),
        ("eventsrepbynumbers|fn1|tn1", 2),
    ],
)
def test_event_reports_there_are_not(eventful, text, error):
    assert eventful.error(text) == error


def test_no_event_may_be_told_in_short(eventful):
    assert "ZEROWANIE PAMIĘCI OPERACYJNEJ          0" in added(
        eventful, "eventsrepbynumbers|fn2|tn2|ty2|su1"
    )
