from __future__ import annotations

from dataclasses import fields, replace

import pytest

from backoffice.first_run import FirstShop
from backoffice.web.first_form import faults_of

GOOD = FirstShop(
    "Dąb", "526-100-10-01", " Pod  Dębem ", "Dębowa 1", "00-950", "Łódź", "Jan", "4711"
)


def test_it_is_kept_as_it_was_meant():
    told, faults = faults_of(GOOD)
    assert not faults
    assert (told.nip, told.name, told.pin) == ("5261001001", "Pod Dębem", "4711")


def test_everything_is_asked_for():
    assert set(faults_of(FirstShop())[1]) == {it.name for it in fields(FirstShop)}


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("company", "x" * 257),
        ("nip", "5261001002"),
        ("nip", "١٢٣٤٥٦٣٢١٨"),
        ("name", "x" * 71),
        ("street", "\n"),
        ("postal_code", "00950"),
        ("city", "x" * 71),
        ("person", "x" * 33),
        ("pin", "123"),
        ("pin", "123456789"),
        ("pin", "12a4"),
        ("pin", "٤٧١١"),
    ],
)
def test_each_fault_stands_at_its_field(field, wrong):
    assert set(faults_of(replace(GOOD, **{field: wrong}))[1]) == {field}
