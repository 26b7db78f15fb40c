"""What an owner typed of the first shop: read, or what is wrong with it, field by field."""

from __future__ import annotations

import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from stdnum.pl import nip as nip_rules

from backoffice.first_run import FirstShop
from backoffice.web import typed
from backoffice.web.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

_POSTAL_CODE = re.compile(r"[0-9]{2}-[0-9]{3}")
_PIN = re.compile(r"[0-9]{4,8}")
_LENGTHS = {"company": 256, "name": 70, "street": 70, "city": 70, "person": 32}


def faults_of(given: FirstShop) -> tuple[FirstShop, dict[str, str]]:
    """The same as it shall be kept, and what is wrong with each field."""
    lines = {it.name: " ".join(getattr(given, it.name).split()) for it in fields(given)}
    told = replace(FirstShop(**lines), nip=typed.nip(given.nip), pin=given.pin.strip())
    return told, dict(_faults(told))


def _faults(told: FirstShop) -> Iterator[tuple[str, str]]:
    for name, most in _LENGTHS.items():
        length = len(getattr(told, name))
        if not length:
            yield name, _("Fill this in")
        elif length > most:
            yield name, _("At most {most} characters", most=most)
    if not nip_rules.is_valid(told.nip):
        yield "nip", _("A NIP has ten digits; its check digit is wrong or one is missing")
    if not _POSTAL_CODE.fullmatch(told.postal_code):
        yield "postal_code", _("A postal code looks like 00-950")
    if not _PIN.fullmatch(told.pin):
        yield "pin", _("A PIN has 4 to 8 digits")
