from __future__ import annotations

import pytest

from drivers.tape_file import Header, Kind, Passage
from hw_emulator.gear.display import CustomerDisplay
from hw_emulator.gear.scale import Scale
from hw_emulator.tape.replay_bytes import emulates, read_turns, replay_bytes


def tape(*entries: tuple[str, bytes]) -> list[Passage]:
    return [
        Passage(no * 0.1, 1000.0 + no, Kind(kind), data) for no, (kind, data) in enumerate(entries)
    ]


def recorded(device, *said: bytes) -> list[Passage]:
    """What a device answers, in slices of three bytes."""
    entries: list[tuple[str, bytes]] = [("open", b"")]
    heard = bytearray()
    feed = device.connect(heard.extend, 1)
    for data in said:
        heard.clear()
        feed(data)
        entries.append((">", data))
        entries += [("<", bytes(heard[at : at + 3])) for at in range(0, len(heard), 3)]
    return tape(*entries)


def test_turns():
    turns = list(
        read_turns(
            tape(
                ("<", b"unasked"),
                (">", b"a"),
                (">", b"b"),
                ("<", b"1"),
                ("close", b""),
                ("<", b"2"),
                (">", b"c"),
            )
        )
    )
    assert [(turn.no, turn.said, turn.heard) for turn in turns] == [
        (1, b"ab", b"12"),
        (2, b"c", b""),
    ]
    assert turns[0].wall_s == 1001.0


@pytest.mark.parametrize(
    ("protocol", "question"), [("cas", b"\x11"), ("toledo", b"W"), ("elzab", b"\x1bM\x03r\n")]
)
@pytest.mark.parametrize("load_milli", [0, 1250, 14_995])
def test_a_scale_is_given_what_it_told_of(protocol, question, load_milli):
    scale = Scale(protocol)
    scale.hand(load_milli=load_milli)
    header, passages = Header("scale", protocol), recorded(scale, question, question)
    result = replay_bytes(header, passages)
    assert (result.turns, result.differences) == (2, [])


def test_a_scale_that_did_not_come_to_rest_is_a_difference():
    scale = Scale("cas")
    scale.hand(load_milli=500, swing_milli=50)
    ((turn, heard),) = replay_bytes(Header("scale", "cas"), recorded(scale, b"\x11")).differences
    assert b"U" in turn.heard
    assert b"S" in heard


def test_a_silence_is_a_difference_unless_it_is_injected():
    header, passages = Header("scale", "toledo"), tape((">", b"W"))
    assert len(replay_bytes(header, passages).differences) == 1
    assert replay_bytes(header, passages, injects=True).differences == []


def test_a_display_shows_what_it_showed():
    display = CustomerDisplay("epson", "cp1250")
    said = ["\x0cZażółć".encode("cp1250"), b"\x1f$\x01\x02RESZTA"]
    header = Header("display", "epson", settings={"code_page": "cp1250"})
    result = replay_bytes(header, recorded(display, *said))
    assert result.shown == "\n".join(display.lines)
    assert "Zażółć" in result.shown
    assert result.differences == []


def test_a_receipt_printer_prints_and_answers(tmp_path):
    paper = tmp_path / "paper.txt"
    passages = tape((">", b"\x10\x04\x01"), ("<", b"\x16"), (">", b"Mleko 3,49\n"))
    result = replay_bytes(Header("slips", "escpos"), passages, paper)
    assert result.differences == []
    assert "Mleko 3,49" in result.shown
    assert paper.read_text() == result.shown


def test_what_there_is_an_emulator_for():
    assert all(emulates(one) for one in ("cas", "toledo", "elzab", "cd5220", "epson", "escpos"))
    assert not any(emulates(one) for one in ("scanner", "pins", "", "posnet"))


def test_a_hostile_code_page_is_refused():
    header = Header("display", "epson", settings={"code_page": "no-such-page"})
    with pytest.raises((ValueError, LookupError)):
        replay_bytes(header, tape((">", b"\x0cx")))
