"""Every command of the protocol against ``commands.txt``: known, with the right parameters."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from drivers.posnet.frame import Frame
from hw_emulator.posnet.availability import READ_ONLY
from hw_emulator.posnet.command_set import COMMANDS, HANDLERS
from hw_emulator.posnet.conditions import Condition
from hw_emulator.posnet.fiscal_readout import DETAILS, READOUTS
from hw_emulator.posnet.memory import FiscalMemory
from hw_emulator.posnet.models import model_of
from hw_emulator.posnet.outside import Server
from hw_emulator.posnet.profile import PROFILES
from hw_emulator.posnet.registry import Prints

# Types of the protocol's tables → kinds of our own that read them.
KINDS = {"s": "s", "n": "iqp", "b": "b", "a": "ai", "d": "dt", "t": "t"}
SAMPLES = {"s": "1", "n": "1", "b": "1", "a": "1", "d": "2026-03-02", "t": "2026-03-02;10:00"}
# Read otherwise than the table says: digits with leading zeros, a text that is a date.
READ_AS = {("trpack", "na"): "s", ("trpackprnend", "na"): "s"}
READ_AS |= {("trfvtransport", "ad"): "d", ("trfvtransport", "mi"): "s"}
# Taken beyond the table: older documents have it.
MORE = {("logout", "dr")}
# Synonyms the table does not list, and the one command that is no handler.
SYNONYMS, BY_THE_DEVICE = {"trcancel"}, {"rpt"}


class Row:
    def __init__(self, line: str) -> None:
        name, params, reply, read_only, immediate = (part.strip() for part in line.split("|"))
        self.name = name
        self.params = [(cell[:2], cell[2] == "!", cell[3]) for cell in params.split()]
        self.reply = [cell[:2] for cell in reply.split()]
        self.read_only = read_only
        self.is_immediate = immediate == "!"

    def text(self, *, without: str = "") -> str:
        needed = [(name, kind) for name, is_needed, kind in self.params if is_needed]
        sent = [name + SAMPLES[kind] for name, kind in needed if name != without]
        return "|".join((self.name, *sent))


TABLE = Path(__file__).with_name("commands.txt").read_text(encoding="utf-8").splitlines()
ROWS = [Row(line) for line in TABLE if not line.startswith("#")]
KNOWN = [row for row in ROWS if row.name in COMMANDS]


def named(row: Row) -> str:
    return row.name


ONLINE = {key: profile for key, profile in PROFILES.items() if not profile.is_old}


def profile_for(name: str):
    return next(profile for profile in ONLINE.values() if model_of(profile).knows(name))


def test_the_table_is_whole():
    assert len(ROWS) == 330
    assert len({row.name for row in ROWS}) == 330


def test_each_command_is_known():
    assert {row.name for row in ROWS} - BY_THE_DEVICE == set(COMMANDS) - SYNONYMS


def test_no_module_of_handlers_is_left_out():
    modules = {found.handler.__module__ for found in COMMANDS.values()}
    families = {one.__name__ for one in HANDLERS}
    # Families of settings share one mechanism, whose methods are their handlers.
    assert modules - {"hw_emulator.posnet.settings"} <= families


@pytest.mark.parametrize("row", KNOWN, ids=named)
def test_parameters_are_those_of_the_protocol(row):
    found = {param.name: param for param in COMMANDS[row.name].params}
    more = {name for command, name in MORE if command == row.name}
    assert set(found) - more == {name for name, _, _ in row.params}
    for name, is_mandatory, kind in row.params:
        assert found[name].is_mandatory is is_mandatory, name
        assert found[name].kind in READ_AS.get((row.name, name), KINDS[kind]), name


def test_a_read_only_printer_carries_out_what_the_table_says():
    works = {row.name for row in ROWS if row.read_only == "Y"}
    refused = {row.name for row in ROWS if row.read_only == "N"}
    assert works <= READ_ONLY
    assert not refused & READ_ONLY


@pytest.mark.parametrize("row", KNOWN, ids=named)
def test_only_the_right_ones_are_immediate(row, make_bench):
    assert COMMANDS[row.name].is_immediate is row.is_immediate
    if not row.is_immediate:
        answer = make_bench().device.execute_now(Frame(row.name, immediate=True))
        assert (answer.mnemonic, answer.error) == ("ERR", 12)


@pytest.mark.parametrize("row", KNOWN, ids=named)
def test_a_missing_parameter_is_named(row, make_bench):
    bench = make_bench(profile=profile_for(row.name))
    for name, is_mandatory, _ in row.params:
        if is_mandatory and COMMANDS[row.name].row in {"any", "idle"}:
            answer = bench.raw(row.text(without=name))
            assert (answer.mnemonic, answer.error) == ("ERR", 2)
            assert (answer.get("cm"), answer.get("fd")) == (row.name, name)


# What has to be there before a command that answers with fields has any to answer with.
WAYS = {
    "fmrecrd": ["dailyrep|da2026-03-02"],
    "fmrectypeget": ["dailyrep|da2026-03-02"],
    "fmrecvat": ["vatset|va22|vb8|da2026-03-02"],
    "fmrecdatetime": ["rtcset|da2026-03-02;10:30"],
    "fmreccurrency": ["currset|naEUR|da2026-03-01;10:00"],
    "wifilistnetworks": ["wifinetworkadd|naZAPLECZE|ps|ac1", "wifinetworkadd|naSKLEP|ps|ac1"],
    "eparagonserverget": ["eparagonserverins|rn1|adhttps://1"],
    "eparagonserversearch": ["eparagonserverins|rn1|ad1"],
    "eparagonconnectiontest": ["eparagondefaultset|ad1"],
    "authstateget": ["authcodereset|co00000000000000"],
    "imgslotget": ["imgslotset|no1|wx8|hx2|txAAAA"],
    "imgslotreceive": ["imgslotset|no1|wx8|hx2|txAAAA"],
    "imgslotchecksum": ["imgslotset|no1|wx8|hx2|txAAAA"],
    "imgslotdocid": ["imgslotset|no1|wx8|hx2|txAAAA"],
}
EDOCUMENT = [
    "eparagonstatusset|st1",
    "eparagondefaultset|ad1",
    "trinit|bm1",
    "trline|naKawa|vt0|pr100",
    "trend",
]
WAYS |= {
    "eparagonidznext": EDOCUMENT[:2],
    "eparagonidzprev": EDOCUMENT,
    "eparagonbufferget": [*EDOCUMENT, "eparagonidzprev|id1"],
    "eparagonbuffercontextget": [*EDOCUMENT, "eparagonidzprev|id1", "eparagonbuffercontextset|ty0"],
    "eparagongraphicsend": [*EDOCUMENT[:2], "imgslotset|no1|wx8|hx2|txAAAA"],
    "eparagongraphicsendall": [*EDOCUMENT[:2], "imgslotset|no1|wx8|hx2|txAAAA"],
}
# Printers that are not fiscal yet answer these, and only they do.
TRAINING = {"taxofficedataget", "servicedataget", "servicemandataget", "authstateget"}
PARAMETERS = {
    "wifilistnetworks": "ix1",
    "eparagonserverget": "rn1",
    "imgslotreceive": "no1|ad0|rb1",
}


def prepare(bench, row: Row) -> None:
    kind = READOUTS.get(row.name)
    if kind and row.name not in WAYS:
        bench.device.note_event(kind)
    if row.name == "fmrecclr":
        bench.memory.append("ram_reset", {"at": bench.device.moment()})
    if row.name == "repositoryunregistercheck":
        bench.device.note_event(5, re=3)
    bench.run(*WAYS.get(row.name, ()))


@pytest.mark.parametrize("row", [row for row in KNOWN if row.reply], ids=named)
def test_an_answer_has_its_fields_in_the_order_of_the_wire(row, make_bench):
    bench = make_bench(profile=profile_for(row.name), is_fiscal=row.name not in TRAINING)
    prepare(bench, row)
    parameters = PARAMETERS.get(row.name)
    text = f"{row.name}|{parameters}" if parameters else row.text()
    if row.name == "fmrecfindbydate":
        text = "fmrecfindbydate|da2026-03-01;10:00"
    answer = bench.raw(text)
    assert answer.error is None, f"{text} → {answer}"
    assert [name for name, _ in answer.fields] == row.reply


@pytest.mark.parametrize("row", [row for row in KNOWN if not row.reply], ids=named)
def test_a_command_without_an_answer_has_none(row, make_bench):
    bench = make_bench(profile=profile_for(row.name))
    bench.device.outside.jumper = True
    answer = bench.raw(row.text())
    if answer.error is None:
        assert answer.fields == ()


@pytest.mark.parametrize("profile", ONLINE.values(), ids=ONLINE)
def test_a_model_does_not_know_what_it_has_no_part_for(profile, make_bench):
    bench = make_bench(profile=profile)
    for row in KNOWN:
        if not model_of(profile).knows(row.name):
            assert bench.error(row.text()) == 1, row.name


def test_commands_that_print_are_marked_so():
    """Whatever puts a line on the paper has to wait for the mechanism first."""
    printing = {name for name, found in COMMANDS.items() if found.prints is not Prints.NEVER}
    reports = {row.name for row in KNOWN if row.name.endswith("rep")} - {"trfvrep"}
    assert reports | {"ecprndoc", "ecprnfv", "eclastprintouts", "hdrset", "fiscalize"} <= printing


WORDS = (
    "",
    "0",
    "1",
    "2",
    "7",
    "40",
    "255",
    "500",
    "65536",
    "4294967295",
    "499999999999",
    "9" * 13,
    "-1",
    "1,5",
    "T",
    "N",
    "t",
    "A" * 3,
    "EUR",
    "A" * 41,
    "ż" * 90,
    "x" * 3000,
    "0A" * 1024,
    "0G",
    "424D",
    "https://example.com",
    "2026-03-02",
    "2026-02-30",
    "2026-03-02;10:00",
    "2099-01-01,23:59",
    "a\nb\nc",
    "&c&b&&&",
    "192.168.1.1",
    "5901234123457",
)


def random_text(rng: random.Random, row: Row) -> str:
    sent = [name for name, is_mandatory, _ in row.params if is_mandatory or rng.random() < 0.5]
    kinds = {name: kind for name, _, kind in row.params}
    parts = []
    for name in sent:
        value = SAMPLES[kinds[name]] if rng.random() < 0.5 else rng.choice(WORDS)
        parts.append(name + value)
    return "|".join((row.name, *parts))


def change_something_outside(device, rng: random.Random) -> None:
    outside = device.outside
    match rng.randrange(7):
        case 0:
            outside.jumper = not outside.jumper
        case 1:
            device.jump(rng.choice((60, 3600, 86_400)))
        case 2:
            outside.repository, outside.firmware = rng.choices(list(Server), k=2)
        case 3:
            outside.edocuments = {"": rng.choice(list(Server))}
        case 4:
            outside.firmware_offer, outside.firmware_broken = "2.01", rng.random() < 0.5
        case 5:
            device.conditions.symmetric_difference_update({rng.choice(list(Condition))})
        case 6:
            kind = rng.choice(list(DETAILS))
            outside.errands.append(lambda device: device.note_event(kind))


def fuzz(bench, rng: random.Random, rounds: int) -> None:
    # Without these the printer would soon be in a state that refuses everything else.
    rows = [row for row in KNOWN if row.name not in {"endrepro", "protoswitch", "pccfgset"}]
    for _ in range(rounds):
        row = rng.choice(rows)
        text = random_text(rng, row)
        if rng.random() < 0.02:
            text = "prncancel"
        if rng.random() < 0.03:
            change_something_outside(bench.device, rng)
        mnemonic, *fields = text.split("|")
        frame = Frame(mnemonic, tuple((part[:2], part[2:]) for part in fields), "7")
        answer = bench.device.execute(frame)
        assert answer.error is None or 0 < answer.error < 10_000, text


@pytest.mark.parametrize("is_fiscal", [True, False])
@pytest.mark.parametrize("seed", range(4))
def test_no_command_falls_over_whatever_it_is_sent(seed, is_fiscal, make_bench):
    fuzz(make_bench(is_fiscal=is_fiscal), random.Random(seed), 2500)


@pytest.mark.torture
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
@pytest.mark.parametrize("seed", range(100, 105))
def test_no_command_falls_over_for_long(seed, profile, make_bench):
    fuzz(make_bench(profile=profile), random.Random(seed), 50_000)


def test_a_fuzzed_memory_reads_back_the_same(tmp_path, make_bench):
    """Whatever was done: the file and the books it adds up to tell the same story."""
    path = tmp_path / "fiscal.jsonl"
    bench = make_bench(memory=FiscalMemory(path))
    fuzz(bench, random.Random(11), 1500)
    bench.run("prncancel")
    bench.memory.close()
    again = FiscalMemory(path)
    assert again.books == bench.memory.books
    again.close()
