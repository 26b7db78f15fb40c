"""Random well-formed frames for every command: the printer answers each and never falls over."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drivers.posnet.frame import Frame, Scanner, encode
from hw_emulator.paper import Paper
from hw_emulator.posnet.device import Device
from hw_emulator.posnet.memory import FiscalMemory, make_view
from hw_emulator.posnet.ports import speak_posnet
from hw_emulator.posnet.profile import PROFILES, Profile
from hw_emulator.posnet.registry import COMMANDS, OLD_COMMANDS
from tests.hw_emulator.conftest import Clock

if TYPE_CHECKING:
    from hw_emulator.posnet.values import Param

FRAMES = 20_000
NAMES = sorted({*COMMANDS, *OLD_COMMANDS, "rpt", "nosuch"})
# Words that keep a walk going: without them most frames meet a printer that has nothing open.
USUAL = (
    *("trinit|bm0", "trinit|bm1", "trfvinit|cc1", "trpackinit", "trend", "trend|fe0", "trftrend"),
    *("trline|naKawa|vt0|pr1000|il2", "trline|naMleko|vt1|pr250", "trline|naKawa|vt0|pr1000|st1"),
    *("trfvbuyer|naJan|ni1|sc0", "trfvnumber|nb1|sc0", "trpack|na1|pr50", "trpack|na1|pr50|ne1"),
    *(
        "trdiscntbill|rw1",
        "trdiscntsubtot|rp100",
        "trpayment|ty0|wa100000",
        "dailyrep|da2026-03-02",
    ),
    *("formstart|fn200", "formend|fn200", "prncancel", "showsubtotal", "tradvance|vt0|pr1|wa2"),
)
WORDS = ("", "x", "Łosoś wędzony", "&c&bA&", "Kawa", "KAWA", "a\nb\nc", "#?ERR", " ", "ą" * 60)
NUMBERS = ("0", "1", "2", "7", "100", "1000", "9999", "999999", "9999999999", "499999999999")


KINDS = {
    "s": (*WORDS, *NUMBERS, "5222628262", "EUR"),
    "b": tuple("TN10ty"),
    "q": ("1", "2", "2,5", "0.001", "0,00000001", "100", "0", "9999999999", "23"),
    "d": ("2026-03-02", "2026/03/02", "2025-12-31", "2027-01-01", "2026-13-01"),
    "t": ("2026-03-02,10:01", "2026-03-02;11:59", "2030-01-01 00:00"),
}
HOSTILE = ("", "-1", "1,5", "true", "9" * 13, "ź", "2026-02-30", *WORDS, *NUMBERS)
FEW = (*NUMBERS, *map(str, range(12)), *map(str, range(12)))


def value(dice: random.Random, param: Param) -> str:
    return dice.choice(HOSTILE if dice.random() < 0.15 else KINDS.get(param.kind, FEW))


def command(dice: random.Random) -> Frame:
    if dice.random() < 0.45:
        name, *parts = dice.choice(USUAL).split("|")
        return Frame(name, tuple((part[:2], part[2:]) for part in parts))
    name = dice.choice(NAMES)
    found = COMMANDS.get(name) or OLD_COMMANDS.get(name)
    fields = [
        (param.name, value(dice, param))
        for param in (found.params if found else ())
        if param.is_mandatory or dice.random() < 0.5
    ]
    if dice.random() < 0.1:
        fields.append((dice.choice(("zz", "na", "wa")), dice.choice(NUMBERS)))
    dice.shuffle(fields)
    token = f"{dice.randrange(50):04d}" if dice.random() < 0.2 else None
    return Frame(name, tuple(fields), token)


@pytest.mark.parametrize(
    ("seed", "profile"),
    [
        (1, Profile()),
        (2, replace(PROFILES["old"], counts_daily=False)),
        (3, Profile(width=56, reports_max=40, receipts_max=60, documents_max=4000)),
        (4, Profile(is_strict=True, second_only_reads=True)),
    ],
)
def test_nothing_falls_over(seed, profile):
    dice, clock, scanner = random.Random(seed), Clock(), Scanner()
    memory = FiscalMemory()
    is_fiscal = seed != 2
    device = Device(memory, Paper(), clock, is_fiscal, profile=profile)
    mnemonics, codes = set(), set()
    for number in range(FRAMES // 4):
        sent = command(dice)
        for found in scanner.feed(encode(sent)):
            device.waits_for(found)
            answer = device.execute(found, 2 if dice.random() < 0.02 else 1)
            (read,) = Scanner(strict=True).feed(encode(answer))
            assert isinstance(read, Frame)
            assert answer.mnemonic in {found.mnemonic, "ERR"} or found.mnemonic == "rpt"
            if answer.error is None:
                mnemonics.add(answer.mnemonic)
            codes.add(answer.error)
        if sent.mnemonic in {"pccfgset", "protoswitch"}:
            speak_posnet(device, 1)
            speak_posnet(device, 2)
        if number % 500 == 499:
            is_lost = dice.random() < 0.2
            device = Device(memory, Paper(), clock, is_fiscal, profile=profile, ram_reset=is_lost)
    assert make_view(list(memory.records)).books == memory.books
    assert len(mnemonics) > 150, sorted(mnemonics)
    assert len(codes) > 70, sorted(filter(None, codes))


def test_every_command_alone_with_every_value_it_may_be_given():
    dice = random.Random(5)
    for name in NAMES:
        for _ in range(20):
            device = Device(FiscalMemory(), Paper(), Clock())
            found = COMMANDS.get(name) or OLD_COMMANDS.get(name)
            params = found.params if found else ()
            sent = Frame(name, tuple((param.name, value(dice, param)) for param in params))
            encode(device.execute(sent))
