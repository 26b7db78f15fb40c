from __future__ import annotations

import pytest

from drivers.errors import DeviceError, InDoubt, Refused, Unreachable
from drivers.fiscal import Drawer, Identity
from terminal.gear.noticed import Noticed


class Facet:
    def fail(self):
        raise InDoubt("archive")  # noqa: EM101


Facet.__module__ = "drivers.posnet.facets.archive"


class Printer:
    name = "printer"
    last = Drawer.OPEN
    identity = Identity("M", "1", "ABC")
    archive = Facet()
    missing = None

    def add(self, one, *, two):
        return one + two

    def fail(self, error):
        raise error


@pytest.fixture
def stand():
    heard = []
    return Noticed(Printer(), heard.append), heard


def test_it_works_as_the_device_does(stand):
    printer, heard = stand
    assert printer.add(1, two=2) == 3
    assert printer.add.__name__ == "add"
    assert (printer.name, printer.identity.unique_no, printer.missing) == ("printer", "ABC", None)
    assert heard == []


@pytest.mark.parametrize(
    "error", [Unreachable("x"), InDoubt("x"), Refused(1, "ERR", "no", "trend")]
)
def test_errors_are_noticed_and_go_on(stand, error):
    printer, heard = stand
    with pytest.raises(DeviceError) as caught:
        printer.fail(error)
    assert caught.value is error
    assert heard == [error]


def test_other_errors_are_not_a_devices(stand):
    printer, heard = stand
    with pytest.raises(KeyError):
        printer.fail(KeyError(1))
    with pytest.raises(AttributeError):
        _ = printer.nothing
    assert heard == []


def test_what_a_device_can_do_besides_is_noticed_too(stand):
    printer, heard = stand
    with pytest.raises(InDoubt):
        printer.archive.fail()
    assert len(heard) == 1


def test_words_and_values_are_left_alone():
    printer = Noticed(Printer(), print)
    assert printer.identity is Printer.identity
    assert printer.last is Drawer.OPEN
