from __future__ import annotations

import pytest

from backoffice.web import i18n, setting_form
from backoffice.web.setting_fields import FIELDS
from terminal.sync import wire

USUAL = wire.Settings(id="settings")
BUSY = wire.Settings(
    id="settings",
    login_mode="identifier",
    close_profile="remind",
    close_at="07:05",
    receipt_footer="Dziękujemy",
    language="fr",
    parking=True,
    parking_visibility="role",
    parking_shared=True,
    parking_names=["Stolik 1", "Telefon"],
    cash_management=True,
    blind_count=True,
    opening_float_gr=20_050,
    drawer_rule="never",
    idle_lock_min=15,
    receipt_language="es",
    void_reasons=["Pomyłka"],
    meal_invoices=True,
    technicians_key="A" * 43 + "=",
    console_pin=True,
    remind_every_min=60,
    remind_snooze_min=10,
    remind_from="07:30",
    remind_to="16:00",
    remind_days="12345",
    remind_after_login=True,
    remind_before_document=True,
    duplicate_nip="block",
)


@pytest.fixture(autouse=True)
def english():
    with i18n.speaking("en"):
        yield


def test_every_setting_of_the_wire_has_its_field():
    assert set(FIELDS) == set(wire.Settings.__struct_fields__) - {"id"}


@pytest.mark.parametrize("settings", [USUAL, BUSY])
def test_what_the_form_shows_is_read_back(settings):
    given = {name: text for name, text in setting_form.filled(settings).items() if text}
    row, errors = setting_form.read(
        given | {"opening_float_gr": "200,50"} if settings is BUSY else given
    )
    assert errors == {}
    assert wire.Settings(**row) == settings


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("login_mode", "face", "Choose one of the list"),
        ("receipt_language", "de", "Choose one of the list"),
        ("close_at", "24:00", "Write a time such as 22:00"),
        ("idle_lock_min", "241", "At most 240"),
        ("idle_lock_min", "-1", "At least 0"),
        ("idle_lock_min", "soon", "Write a whole number"),
        ("opening_float_gr", "dużo", "Write an amount such as 12,50"),
        ("opening_float_gr", "-1", "At least 0"),
        ("receipt_footer", "x" * 121, "At most 120 characters"),
        ("parking_names", "Stolik 1\n" + "x" * 31, "Line 2: At most 30 characters"),
        ("parking_names", "\n".join(map(str, range(101))), "Too many lines"),
        (
            "parking_names",
            "Stolik\nStolik",
            "A name is there twice, or begins or ends with a space",
        ),
        ("void_reasons", "\n".join("abcdefghi"), "Too many lines"),
        ("remind_every_min", "481", "At most 480"),
        ("remind_days", "0", "Write the days as digits in order, such as 12345"),
        ("remind_days", "71", "Write the days as digits in order, such as 12345"),
        ("remind_to", "08:00", "Must be later than the hour before it"),
        ("technicians_key", "AAAA", "A public key has 44 characters, the last of them is ="),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(name, text, reason):
    given = setting_form.filled(USUAL) | {name: text}
    _row, errors = setting_form.read(given)
    assert errors == {name: reason}


def test_a_reminder_put_off_comes_before_the_next_one():
    given = setting_form.filled(USUAL) | {"remind_every_min": "15", "remind_snooze_min": "15"}
    _row, errors = setting_form.read(given)
    assert errors == {"remind_snooze_min": "Must be shorter than the time between two reminders"}


def test_every_fault_is_said_at_once():
    _row, errors = setting_form.read({})
    assert set(errors) == {
        *("login_mode", "language", "close_profile", "close_at"),
        *("parking_visibility", "drawer_rule", "idle_lock_min", "opening_float_gr"),
        *("remind_every_min", "remind_snooze_min", "remind_from", "remind_to", "remind_days"),
        "duplicate_nip",
    }


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("parking", True, "yes"),
        ("parking", False, "no"),
        ("parking_names", ["A", "B"], "A, B"),
        ("parking_names", [], "—"),
        ("login_mode", "none", "nobody signs in"),
        ("receipt_language", "", "that of the screen"),
        ("language", "pl", "Polski"),
        ("receipt_footer", "", "—"),
        ("idle_lock_min", 5, "5"),
    ],
)
def test_values_are_shown_as_people_read_them(name, value, text):
    assert setting_form.shown(name, value) == text
