from __future__ import annotations

from drivers.posnet.form import form_frames


def frames(*lines: str) -> list[tuple[str, dict[str, str]]]:
    return [(each.frame.mnemonic, dict(each.frame.fields)) for each in form_frames(lines)]


def test_title_lines_and_empty_lines():
    assert frames("Raport", "a  b", "", "c") == [
        ("formstart", {"fn": "200", "fh": "84", "al": "Raport"}),
        ("formline", {"s1": "a  b", "fn": "200", "fl": "711"}),
        ("formcmd", {"fn": "200", "cm": "0"}),
        ("formline", {"s1": "c", "fn": "200", "fl": "711"}),
        ("formend", {"fn": "200"}),
    ]


def test_long_lines_go_on():
    texts = [fields["s1"] for name, fields in frames("T", "x" * 80) if name == "formline"]
    assert [len(text) for text in texts] == [38, 38, 4]


def test_no_lines_at_all():
    assert frames() == [("formstart", {"fn": "200", "fh": "84"}), ("formend", {"fn": "200"})]
