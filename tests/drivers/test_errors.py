from __future__ import annotations

import pytest

from drivers.errors import DeviceError, InDoubt, NotDone, NotReady, Refused, Unreachable


@pytest.mark.parametrize("error", [Refused, Unreachable, NotReady])
def test_what_certainly_did_not_happen(error):
    assert issubclass(error, NotDone)
    assert not issubclass(error, InDoubt)


def test_doubt_is_a_device_error_of_its_own():
    assert issubclass(InDoubt, DeviceError)
    assert not issubclass(InDoubt, NotDone)


def test_refused_keeps_what_the_device_said():
    error = Refused(2106, "ERR_PLU_LOCKED", "goods locked", "trline")
    assert (error.code, error.mnemonic, error.command) == (2106, "ERR_PLU_LOCKED", "trline")
    assert error.meaning == "goods locked"
    assert str(error) == "trline: error 2106 ERR_PLU_LOCKED (goods locked)"


def test_not_ready_says_why():
    error = NotReady("paper")
    assert error.reason == "paper"
    assert str(error) == "device not ready: paper"
