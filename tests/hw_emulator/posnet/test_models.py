from __future__ import annotations

import pytest

from hw_emulator.posnet.models import MODELS, model_of
from hw_emulator.posnet.profile import PROFILES, Profile


def test_each_online_printer_has_its_parts():
    assert set(PROFILES) - {"old"} == set(MODELS)
    for key, model in MODELS.items():
        assert model_of(PROFILES[key]) is model


def test_a_printer_of_no_known_name_is_built_like_the_first():
    assert model_of(Profile(model="SOMETHING NEW")) is MODELS["xl2"]
    assert model_of(PROFILES["old"]) is MODELS["xl2"]


@pytest.mark.parametrize(
    ("command", "models"),
    [
        ("opendrwr", set(MODELS) - {"temo"}),
        ("sdrwr", set(MODELS) - {"temo"}),
        ("kbdblockset", {"pospay"}),
        ("chgcfgset", {"fawag"}),
        ("prncfgget", {"pospay", "temo", "trio", "vero", "evo", "fawag"}),
        ("prnwidthset", {"xl2", "hd", "hx", "pospay"}),
        ("tunnelset", {"xl2", "hd", "hx", "pospay", "trio"}),
        ("azteccode", set(MODELS) - {"fawag"}),
        ("fvprncopy", {"temo", "trio", "evo", "fawag"}),
        ("qrcode", set(MODELS)),
        ("trinit", set(MODELS)),
    ],
)
def test_who_knows_what(command, models):
    assert {key for key, model in MODELS.items() if model.knows(command)} == models


def test_an_immediate_command_is_unknown_too(bench, make_bench, read):
    answer = bench.device.execute_now(read("!kbdblockget"))
    assert (answer.mnemonic, answer.error) == ("ERR", 1)
    pospay = make_bench(profile=PROFILES["pospay"])
    assert pospay.device.execute_now(read("!kbdblockget")).get("bl") == "N"
