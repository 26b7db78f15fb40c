from __future__ import annotations

import binascii
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.posnet.frame import Frame, Malformed, Scanner, encode
from hw_emulator.posnet.answers import frame_error
from hw_emulator.posnet.device import Mechanism, Wait, warsaw_now
from hw_emulator.posnet.ports import speak_posnet
from hw_emulator.posnet.registry import COMMANDS
from tests.hw_emulator.conftest import Bench, read_command

VECTORS = {
    b"trinit\tbm0\t": 0x4825,
    b"ERR\t?5\t": 0x7F84,
    b"rtcset\tda2016-09-22,12:05\t": 0x8534,
    b"rtcget\t": 0x7D61,
    b"rtcget\tda2016-09-23;12:29\t": 0x73AE,
    b"rtcset\t": 0xAC37,
    b"sid\t": 0x8A94,
    b"scomm\t": 0xC42B,
    b"trline\tnaMleko\tvt2\tpr245\t": 0x12C4,
    b"trline\tna\xa3oso\x9c\tvt2\tpr245\t": 0x0121,
    b"trend\tto0\t": 0x013B,
    b"!sdev\t": 0x5392,
    b"!sprn\t": 0xCEED,
    b"trline\t?2006\t": 0x85A8,
}


@pytest.mark.parametrize("payload", VECTORS)
def test_checksums_of_the_protocol(payload):
    assert binascii.crc_hqx(payload, 0) == VECTORS[payload]
    (frame,) = Scanner(strict=True).feed(b"\x02" + payload + b"#%04X\x03" % VECTORS[payload])
    assert isinstance(frame, Frame)


@pytest.mark.parametrize("form", ["%04X", "%04x", "%x", "%X"])
@pytest.mark.parametrize("payload", [b"trend\tto0\t", b"rtcget\t"])
def test_checksums_as_real_clients_write_them(bench, payload, form):
    checksum = form.encode() % binascii.crc_hqx(payload, 0)
    (frame,) = Scanner().feed(b"\x02" + payload + b"#" + checksum + b"\x03")
    assert bench.device.execute(frame).mnemonic == payload.split(b"\t")[0].decode()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"\x02trinit\tbm0\t#4826\x03", 5),
        (b"\x02trinit\tbm0\t\x03", 15),
        (b"\x02trinit\t\t#%04X\x03" % binascii.crc_hqx(b"trinit\t\t", 0), 6),
        (b"\x02trinit\t@12345\t#%04X\x03" % binascii.crc_hqx(b"trinit\t@12345\t", 0), 4),
        (b"\x02" + b"x" * 9000 + b"\x03", 11),
    ],
)
def test_frame_errors_execute_nothing(bench, data, error):
    (found,) = Scanner().feed(data)
    assert isinstance(found, Malformed)
    answer = bench.device.execute(found)
    assert (answer.mnemonic, answer.error) == ("ERR", error)
    assert bench.ask("scomm")["ts"] == "0"


@pytest.mark.parametrize("name", ["modinf", "prninit", "trstat", "trdiscountbill", "ERR", "x"])
def test_unknown_commands(bench, name):
    answer = bench.raw(name)
    assert (answer.mnemonic, answer.error, answer.get("cm")) == ("ERR", 1, name)


def test_the_offending_field_is_named(bench):
    bench.run("trinit")
    missing, wrong = bench.raw("trline|naKawa|vt0"), bench.raw("trline|naKawa|vt0|pr1,5")
    assert (missing.error, missing.get("cm"), missing.get("fd")) == (2, "trline", "pr")
    assert (wrong.error, wrong.get("cm"), wrong.get("fd")) == (3, "trline", "pr")


@pytest.mark.parametrize("name", ["sprn", "sdev", "sdrwr", "beep", "break"])
def test_immediate_commands(bench, name):
    answer = bench.device.execute_now(read_command(f"!{name}"))
    assert (answer.mnemonic, answer.error, answer.immediate) == (name, None, False)


@pytest.mark.parametrize("name", ["scomm", "trinit", "rpt", "nosuch"])
def test_commands_that_are_never_immediate(bench, name):
    answer = bench.device.execute_now(read_command(f"!{name}"))
    assert (answer.mnemonic, answer.error) == ("ERR", 12)


def waits(bench: Bench, text: str) -> Wait | None:
    return bench.device.waits_for(read_command(text))


def test_what_waits_for_a_key(bench):
    assert waits(bench, "dailyrep") is Wait.KEY
    assert waits(bench, "vatset|va23") is Wait.KEY
    assert waits(bench, "dailyrep|da2026-03-02") is None
    bench.run("trinit")
    assert waits(bench, "dailyrep") is None


@pytest.mark.parametrize("mechanism", [m for m in Mechanism if m])
def test_what_waits_for_the_mechanism(bench, mechanism):
    line = "trline|naKawa|vt0|pr100"
    bench.device.mechanism = mechanism
    assert bench.ask("sprn") == {"pr": str(int(mechanism))}
    for text in ("trinit", "trinit|bm0", "stocash|kw1", "formstart|fn200", "dailyrep|da2026-03-02"):
        assert waits(bench, text) is Wait.MECHANISM
    for text in ("trinit|bm1", "scnt", "sdev", "opendrwr", "prncancel", "nosuch", "trend", "login"):
        assert waits(bench, text) is None
    bench.run("trinit|bm1")
    assert waits(bench, line) is None
    bench.run(line)
    assert waits(bench, "trend") is Wait.MECHANISM
    assert waits(bench, "prncancel") is Wait.MECHANISM
    assert waits(bench, "trend|toX") is None


def test_who_else_may_hold_the_transaction(bench):
    bench.device.held_by = 2
    assert bench.ask("sdev")["tl"] == "2"
    assert bench.error("trinit") == bench.error("dailyrep|da2026-03-02") == 41
    bench.run("hardprncancel", "trinit")


def test_frame_errors_never_send_noise_back():
    answer = frame_error(6, "ab\x00\x02" * 30, "\t")
    encode(answer)
    assert answer.error == 6


def test_polish_time_of_this_very_second():
    assert warsaw_now().utcoffset() in {timedelta(hours=1), timedelta(hours=2)}
    assert warsaw_now().microsecond == 0


FIELDS = st.tuples(
    st.sampled_from(
        [
            "na",
            "vt",
            "pr",
            "il",
            "wa",
            "st",
            "rd",
            "rp",
            "rw",
            "ty",
            "to",
            "fp",
            "re",
            "fe",
            "da",
            "kw",
            "wp",
            "fn",
            "fl",
            "s1",
            "tx",
            "bm",
            "sn",
            "no",
        ]
    ),
    st.one_of(
        st.sampled_from(["0", "1", "200", "T", "2026-03-02", "-1", "9" * 12, "", "2,5"]),
        st.text(max_size=20),
    ),
)
COMMAND = st.tuples(
    st.one_of(st.sampled_from(sorted(COMMANDS)), st.text(min_size=1, max_size=8)),
    st.lists(FIELDS, max_size=6),
)


def _payload(name: str, fields: list[tuple[str, str]]) -> bytes:
    text = "".join(part + "\t" for part in [name, *(key + value for key, value in fields)])
    return text.encode("cp1250", "replace")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(COMMAND, st.binary(max_size=60)), max_size=25))
def test_nothing_a_client_sends_stops_the_printer(sent):
    bench, scanner = Bench(), Scanner()
    for item in sent:
        data = item
        if isinstance(item, tuple):
            payload = _payload(*item)
            data = b"\x02" + payload + b"#%04X\x03" % binascii.crc_hqx(payload, 0)
        for frame in scanner.feed(data):
            bench.device.waits_for(frame)
            encode(bench.device.execute(frame))
    speak_posnet(bench.device, 1)
    counters = bench.ask("scnt")
    assert int(counters["bt"]) == int(counters["bn"]) + int(counters["bc"])
    bench.run("prncancel")
    bench.device.keep({"header": "Sklep"})
    bench.memory.append("rates", {"rates_bp": [2300, 800, 500, 0, 10_000, 10_100, 10_100]})
    bench.run("trinit", "trline|naPo wszystkim|vt4|pr1", "trend")
