from __future__ import annotations

import pytest

from drivers.posnet.generation import Generation, recognise


@pytest.mark.parametrize(
    ("model", "version"),
    [
        ("POSNET THERMAL XL2 ONLINE", "30.01"),
        ("POSNET TEMO ONLINE", "32.01"),
        ("Posnet Trio Online", ""),
        ("SKLEP POD LIPA", "52.01"),
    ],
)
def test_online(model, version):
    assert recognise(model, version) is Generation.ONLINE


@pytest.mark.parametrize(
    ("model", "version"),
    [("POSNET THERMAL HS FV EJ", "1.01"), ("SKLEP", ""), ("SKLEP", "x30.01"), ("", "29.99")],
)
def test_what_could_be_either(model, version):
    assert recognise(model, version) is None
