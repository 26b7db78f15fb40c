from __future__ import annotations

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from backoffice.web import wording
from backoffice.web.i18n import speaking
from terminal.sync.wire import PaymentDoc


@pytest.mark.parametrize(
    ("amount", "text"),
    [(0, "0,00 zł"), (5, "0,05 zł"), (123456789, "1 234 567,89 zł"), (-150, "−1,50 zł")],
)
def test_money(amount, text):
    assert wording.money(amount).replace(wording.NO_BREAK, " ") == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [(1000, "1"), (375, "0,375"), (2500, "2,5"), (0, "0"), (10_000, "10"), (-500, "−0,5")],
)
def test_quantity(quantity, text):
    assert wording.quantity(quantity) == text


@pytest.mark.parametrize(
    ("rate", "text"), [(2300, "23%"), (0, "0%"), (550, "5,5%"), (10_000, "zw."), (10_100, "—")]
)
def test_rate(rate, text):
    assert wording.rate(rate) == text


def test_a_tills_own_time_stays_as_the_till_saw_it():
    assert wording.local_time("2026-03-01T12:34:56+01:00") == "1 mar 2026, 12:34"
    assert wording.local_time("yesterday") == "yesterday"
    assert wording.local_time(None) == wording.local_time("") == "—"


def test_the_offices_time_is_shown_in_the_time_of_the_shops():
    assert wording.local_time("2026-03-01T12:00:00.000+00:00") == "1 mar 2026, 13:00"
    assert wording.local_time("2026-07-01T22:30:00.000+00:00") == "2 lip 2026, 00:30"


@pytest.mark.parametrize(
    ("minutes", "text"),
    [(0, "przed chwilą"), (1, "przed chwilą"), (2, "2 min temu"), (59, "59 min temu"),
     (60, "1 godz. temu"), (23 * 60 + 59, "23 godz. temu")],
)  # fmt: skip
def test_age(minutes, text):
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    then = datetime.fromtimestamp(now.timestamp() - 60 * minutes, UTC)
    assert wording.age(then.isoformat(), now) == text


def test_old_contacts_are_dates_and_none_is_never():
    now = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    assert wording.age("2026-02-01T12:00:00+00:00", now).startswith("1 lut 2026")
    assert wording.age(None, now) == "nigdy"


def test_kinds_of_documents():
    assert wording.kind("receipt") == "paragon"
    assert wording.kind("shift") == "zmiana kasjera"
    assert wording.kind("weather") == "weather"
    assert wording.kind("") == "?"


def test_days_and_alarms():
    assert wording.day("OVERDUE") == "zaległy raport"
    assert wording.day("NEW") == "NEW"
    assert wording.day("") == "—"
    assert wording.printer("no_paper") == "brak papieru"
    assert wording.printer("on_fire") == "on_fire"
    assert wording.printer("") == "—"
    assert wording.alarm("fork") == "rozgałęziony dziennik"
    assert wording.alarm("new") == "new"


def test_reasons_of_cash():
    assert wording.cash_reason("to_bank") == "do banku"
    assert wording.cash_reason("drobne") == "drobne"
    assert wording.cash_reason("") == "—"


def test_registers_and_reasons_of_entries():
    assert wording.book("returns") == "Zwroty i reklamacje"
    assert wording.entry("mistake") == "Oczywista pomyłka"
    assert wording.entry("later") == "later"


@pytest.mark.parametrize(
    ("row", "short", "full"),
    [
        (("receipt", 12, 0), "12", "Paragon 12"),
        (("e_receipt", 12, 0), "e-12", "e-Paragon 12"),
        (("invoice", 1, 7), "FV 7", "Faktura 7"),
        (("meal_invoice", 1, 7), "FV 7", "Faktura gastronomiczna 7"),
        (("bill", 3, 0), "R 3", "Rachunek niefiskalny 3"),
    ],
)
def test_documents_by_their_own_numbers(row, short, full):
    listed = SimpleNamespace(
        **dict(zip(("document", "receipt_no", "invoice_no"), row, strict=True))
    )
    assert (wording.document(listed), wording.document(listed, full=True)) == (short, full)


def test_foreign_money_with_its_rate():
    paid = PaymentDoc("e", "Euro", "currency", 4265, symbol="EUR", foreign=1000, rate_e4=42_650)
    assert wording.abroad(paid) == "10,00\u00a0EUR × 4,2650"


@pytest.mark.parametrize(
    ("language", "money", "when", "share", "count"),
    [
        ("pl", "1 234,50 zł", "1 mar 2026, 12:34", "5,5%", "100 000"),
        ("en", "1,234.50 zł", "1 Mar 2026, 12:34", "5.5%", "100,000"),
        ("fr", "1 234,50 zł", "1 mars 2026, 12:34", "5,5%", "100 000"),
        ("es", "1.234,50 zł", "1 mar 2026, 12:34", "5,5%", "100.000"),
    ],
)
def test_each_language_has_its_own_numbers_and_dates(language, money, when, share, count):
    with speaking(language):
        said = wording.money(123_450).replace("\u202f", wording.NO_BREAK)
        assert said.replace(wording.NO_BREAK, " ") == money
        assert wording.local_time("2026-03-01T12:34:56+01:00") == when
        assert wording.date("2026-03-01") == when.partition(",")[0]
        assert wording.percent(550) == share
        said = wording.number(100_000).replace("\u202f", wording.NO_BREAK)
        assert said.replace(wording.NO_BREAK, " ") == count


def test_an_amount_to_be_edited_has_no_groups_and_no_currency():
    assert wording.amount(123_450) == "1234,50"
    assert wording.amount(-5) == "-0,05"
    with speaking("en"):
        assert wording.amount(123_450) == "1234.50"


def test_words_follow_the_language():
    with speaking("fr"):
        assert wording.age(None, datetime(2026, 3, 2, tzinfo=UTC)) == "jamais"
    with speaking("en"):
        assert wording.rate(10_000) == "exempt"
        assert wording.kind("receipt") == "receipt"
