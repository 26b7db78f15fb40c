from __future__ import annotations

import io
import json
import os
import random
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from terminal.audit import verify
from terminal.store import outbox
from terminal.store.db import write
from terminal.sync.signing import new_key
from terminal.sync.wire import RunningTotal, chain_hash
from tests.terminal.audit.journals import DEVICE, OFFICE, DeviceKey, exported, fill, journal

SEED = int(os.environ.get("SEED", "1"))
ROUNDS = int(os.environ.get("ROUNDS", "20000"))
ALONE = Path(verify.__file__)


@pytest.fixture
def file(tmp_path):
    return exported(tmp_path)


def look(data: bytes) -> verify.Report:
    """The report on an exported file; one that cannot be read is told as wrong."""
    report = verify.Report("file")
    walk = verify.Walk(report, verify.Signatures(report, {}))
    try:
        verify._Exported(io.BytesIO(data), walk).go()
    except verify.Unreadable as error:
        report.find(str(error))
    return report


def found(data: bytes) -> str:
    return "; ".join(f"{it['place']}: {it['what']}" for it in look(data).findings)


def lines_of(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def test_what_was_written_is_fine(file):
    report = verify.verify(file)
    assert (report.code(), report.findings, report.unchecked) == (verify.FINE, [], [])
    assert (report.first, report.last, report.documents) == ("1/1", "1/39", 39)
    assert report.total == {"receipts": 25, "returned_gr": 0, "sold_gr": 25 * 349}
    assert [day["report_no"] for day in report.days] == [1, 2]
    assert all(day["is_sealed"] for day in report.days)
    assert report.keys == {"device": [DEVICE.public()], "office": [OFFICE.public]}
    in_place = verify.verify(file.with_name("journal.db"))
    assert (in_place.code(), in_place.days, in_place.total) == (0, report.days, report.total)


def test_bits_of_each_kind_of_line(tmp_path):
    """Each 13th bit, so each place of a byte has its turn; torture takes them all."""
    data = exported(tmp_path, receipts=2, per_day=2).read_bytes()
    lines = lines_of(data)
    assert [json.loads(line).get("body", {}).get("kind") for line in lines[1:6]] == [
        *("receipt", "receipt", "report", "day_head", "customer")
    ]
    start = sum(map(len, lines[:2]))  # the first receipt is like the second
    bits = range(8 * start, 8 * len(data), 13)
    unseen = [bit for bit in bits if not look(flipped(data, bit)).wrong]
    assert unseen == []


def test_some_bits_of_a_hundred_receipts(tmp_path):
    data = exported(tmp_path, receipts=100).read_bytes()
    dice = random.Random(SEED)
    for _ in range(100):
        bit = dice.randrange(8 * len(data))
        assert look(flipped(data, bit)).wrong, f"bit {bit}"


@pytest.mark.torture
@pytest.mark.timeout(7200)
def test_any_bit_of_a_hundred_receipts(tmp_path):
    """ROUNDS=0 is each bit; else so many by dice."""
    data = exported(tmp_path, receipts=100).read_bytes()
    dice = random.Random(SEED)
    bits = range(8 * len(data))
    for bit in dice.choices(bits, k=ROUNDS) if ROUNDS else bits:
        assert look(flipped(data, bit)).wrong, f"bit {bit}"


def flipped(data: bytes, bit: int) -> bytes:
    at = bit // 8
    return data[:at] + bytes([data[at] ^ (1 << bit % 8)]) + data[at + 1 :]


def test_where_it_is_wrong_is_told(file):
    data = file.read_bytes()
    at = data.index(b'"Mleko"', len(data) // 2)
    (finding,) = look(data.replace(b'"Mleko"', b'"Chleb"', 10)).findings[:1]
    assert finding == {
        "place": "document 1/1",
        "byte": data.index(b"\n") + 1,
        "what": "it is not what was written: its hash is another",
    }
    changed = data[:at] + b'"Chleb"' + data[at + 7 :]
    (finding,) = look(changed).findings
    line = changed[finding["byte"] :].partition(b"\n")[0]
    assert (b"Chleb" in line, line.count(b"{") > 1) == (True, True)


# --- who knows the format, and has no key (J-2) ---------------------------------------------------


def rehashed(data: bytes, change) -> bytes:
    """The file as a forger writes it who changes documents and makes all hashes anew."""
    head, *rest = lines_of(data)
    bodies = [line[line.index(b'"body":') + 7 : -2] for line in rest if b'"body":' in line]
    seals = [line for line in rest if line.startswith(b'{"seal"')]
    end = json.loads(rest[-1])
    prev, made = "0" * 64, []
    for seq, body in enumerate(change(bodies), start=1):
        told = json.loads(body)
        if told["kind"] == "day_head":
            told |= {"head": prev, "last_seq": seq - 1}
            body = verify._text(told)  # noqa: PLW2901 - the head of his own chain
        prev = chain_hash(prev, body.decode())
        head_of = f'{{"epoch":1,"seq":{seq},"hash":"{prev}","body":'.encode()
        made.append(head_of + body + b"}\n")
    end |= {"hash": prev, "documents": len(made)}
    return b"".join([head, *made, *seals, verify._text(end), b"\n"])


def without_a_receipt(bodies):
    return [bodies[0], *bodies[2:]]


def one_more(bodies):
    return [*bodies[:3], bodies[2].replace(b"00000003-", b"00000099-"), *bodies[3:]]


def swapped(bodies):
    return [bodies[1], bodies[0], *bodies[2:]]


def cut_off(bodies):
    return bodies[:20]


def cheaper(bodies):
    return [bodies[0].replace(b"349", b"249"), *bodies[1:]]


@pytest.mark.parametrize("change", [without_a_receipt, one_more, swapped, cut_off, cheaper])
def test_a_forger_without_the_key_is_found(file, change):
    data = file.read_bytes()
    assert look(rehashed(data, list)).wrong == 0
    told = found(rehashed(data, change))
    assert "signature of the device does not fit" in told
    assert "end of the file: the signature" in told


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (without_a_receipt, "running total"),
        (cheaper, "running total"),
        (cut_off, "the office holds the head of a day that is not here"),
        (swapped, "running total"),
    ],
)
def test_what_a_forger_forgets_is_told_without_any_signature(file, change, word, monkeypatch):
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    assert word in found(rehashed(file.read_bytes(), change))


def test_a_forger_with_a_key_of_his_own_has_another_key(tmp_path):
    with journal(tmp_path, DeviceKey(new_key())) as made:
        fill(made, 3, 2)
        forged = made.export(tmp_path / "forged.jsonl")
    assert verify.verify(forged).code() == verify.FINE
    report = verify.verify(forged, {"device": DEVICE.public(), "office": "ab" * 32})
    assert report.code() == verify.TAMPERED
    words = {it["what"].partition(" than")[0] for it in report.findings}
    assert words == {"it is signed by another device key", "it is signed by another office key"}


# --- the file by itself ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda lines: [*lines[:5], *lines[6:]], "document 1/6: before it 1/5 is missing"),
        (lambda lines: [*lines[:5], *lines[8:]], "document 1/8: before it 1/5 to 7 is missing"),
        (lambda lines: [*lines[:6], lines[3], *lines[6:]], "document 1/3: it stands behind 1/5"),
        (lambda lines: [*lines[:5], b"noise\n", *lines[5:]], "a line is damaged"),
        (lambda lines: lines[:-1], "a line is damaged, or the file is cut off here"),
        (lambda lines: lines[:9], "a line is damaged, or the file is cut off here"),
        (lambda lines: [*lines, b"more\n"], "something follows the end"),
        (lambda lines: [*lines[:-2], lines[-1]], "it does not fit what stands above: others"),
        (lambda lines: [*lines[:-1], b'{"seal":[]}\n', lines[-1]], "seal of the office cannot"),
        (lambda lines: [*lines[:2], lines[2][:-3] + b"\n", *lines[3:]], "a line is damaged"),
    ],
)
def test_lines_that_are_missing_doubled_or_none(file, change, word):
    assert word in found(b"".join(change(lines_of(file.read_bytes()))))


def test_no_hostile_line_makes_it_fall(file):
    dice = random.Random(SEED)
    lines = lines_of(file.read_bytes())
    hostile = [
        *(b"", b"\n", b"{}\n", b"[]\n", b"null\n", b"\xff\xfe\n", b"[" * 5000 + b"\n"),
        b'{"seal":{"epoch":"x","seq":1}}\n',
        b'{"seal":{"epoch":1,"seq":1e400}}\n',
        b'{"signature":"\\ud800"}\n',
        b'{"format":"kaso-journal-1","after":{"epoch":1}}\n',
        b'{"format":"kaso-journal-1","after":[1]}\n',
    ]
    bodies = (b'"x"', b"null", b'{"kind":"day_head"}', b'{"kind":"receipt","running":7}')
    start = b'{"epoch":1,"seq":5,"hash":"' + b"0" * 64 + b'","body":'
    hostile += [start + body + b"}\n" for body in bodies]
    more = b'{"a":1,"kind":"event","name":"restored","detail":7}'
    hostile.append(b'{"epoch":2,"seq":1,"hash":"' + b"0" * 64 + b'","body":' + more + b"}\n")
    for line in hostile:
        for at in (0, 4, 20, len(lines) - 1):
            assert (
                look(b"".join([*lines[:at], line, *lines[at + (line != b"") :]])).wrong or not line
            )
    for _ in range(200):
        noise = dice.randbytes(dice.randrange(400))
        at = dice.randrange(len(lines))
        assert look(b"".join([*lines[:at], noise, *lines[at + 1 :]])).wrong


def test_part_of_a_journal_goes_on_where_it_was_cut(tmp_path):
    with journal(tmp_path) as made:
        fill(made, 25)
        part = made.export(tmp_path / "part.jsonl", first_day="2026-11-21", last_day="2026-11-21")
    report = verify.verify(part)
    assert (report.code(), report.findings) == (verify.FINE, [])
    assert report.total == {"receipts": 20, "returned_gr": 0, "sold_gr": 20 * 349}
    assert [day["report_no"] for day in report.days] == [1]
    assert report.documents < 39


def test_nothing_at_all_is_a_journal_too(tmp_path):
    with journal(tmp_path) as made:
        empty = made.export(tmp_path / "empty.jsonl")
    assert verify.verify(empty).code() == verify.FINE
    assert verify.verify(tmp_path / "journal.db").documents == 0


# --- totals, epochs, persons ----------------------------------------------------------------------


def test_a_wrong_total_is_found_however_it_is_chained(tmp_path, monkeypatch):
    with journal(tmp_path) as made:
        made.receipt()
        monkeypatch.setattr(outbox, "running_total", lambda _: RunningTotal(500, 0, 1))
        made.receipt()
        monkeypatch.undo()
        made.receipt()
        data = made.export(tmp_path / "till.jsonl").read_bytes()
    assert found(data) == (
        "document 1/2: its running total is (2, 0, 849), not (2, 0, 698) (receipts, returned, sold)"
    )


def test_documents_of_an_older_till_are_added_up(tmp_path, monkeypatch):
    with journal(tmp_path) as made:
        monkeypatch.setattr(outbox, "counts", lambda _: False)
        sold = made.receipt()
        made.add(replace(_back(sold), rid="return-1"))
        monkeypatch.undo()
        made.receipt()
        made.close_day()
        report = verify.verify(made.export(tmp_path / "till.jsonl"))
    assert (report.code(), report.findings) == (verify.FINE, [])
    assert report.total == {"receipts": 2, "returned_gr": 349, "sold_gr": 698}


def _back(receipt):
    from tests.terminal.sale.sold import entry_of  # noqa: PLC0415

    return replace(entry_of(receipt), total_gr=349)


def test_a_new_device_says_how_much_stood_before_it(tmp_path):
    with journal(tmp_path) as made:
        made.receipt()
        made.receipt()
        with write(made.db):
            outbox.begin_anew(made.db, 2)
        made.event("restored", documents=2)
        made.receipt()
        made.close_day()
        good = made.export(tmp_path / "till.jsonl").read_bytes()
    assert found(good) == ""
    head, first, _second, *rest = lines_of(good)
    assert "document 2/1: before it stood 2 documents, now 1" in found(
        b"".join([head, first, *rest])
    )


def test_what_still_tells_of_a_person_is_withheld(tmp_path, monkeypatch):
    with journal(tmp_path) as made:
        made.receipt()
        monkeypatch.setattr(outbox.persons, "set_apart", lambda document, _: (document, ("", "")))
        made.receipt(nip="5260250274", customer="Jan Nowak")
        monkeypatch.undo()
        made.receipt()
        data = made.export(tmp_path / "till.jsonl").read_bytes()
    assert b"Nowak" not in data
    report = look(data)
    assert (report.withheld, report.wrong, report.code()) == (1, 0, verify.FINE)
    assert report.total == {"receipts": 3, "returned_gr": 0, "sold_gr": 3 * 349}


# --- databases ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sql", "word"),
    [
        ("UPDATE document SET body = replace(body, '349', '249') WHERE seq = 3", "its hash is"),
        ("UPDATE document SET prev = hash WHERE seq = 3", "follows another document"),
        ("UPDATE document SET rid = 'other' WHERE seq = 3", "name that is not its own"),
        ("UPDATE document SET kind = 'event' WHERE seq = 3", "name that is not its own"),
        ("DELETE FROM document WHERE seq = 3", "before it 1/3 is missing"),
        ("DELETE FROM document WHERE seq > 30", "what the office holds is not here"),
        ("UPDATE delivered SET head = 'x'", "what the office holds is not here"),
        ("UPDATE seal SET told = replace(told, 'Z', 'z')", "signature of the office"),
        ("UPDATE seal SET told = '[]'", "cannot be read"),
        ("UPDATE person SET told = replace(told, 'Nowak', 'Kos')", "tells of a person was changed"),
    ],
)
def test_a_database_that_was_changed(file, sql, word):
    path = file.with_name("journal.db")
    with closing(sqlite3.connect(path)) as db, db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(sql)
    report = verify.verify(path)
    assert report.code() == verify.TAMPERED
    assert any(word in it["what"] for it in report.findings), report.findings


def test_erasing_persons_breaks_nothing(file):
    path = file.with_name("journal.db")
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE person SET told = '', erased_at = '2026-12-01'")
    assert verify.verify(path).code() == verify.FINE


# --- the command ----------------------------------------------------------------------------------


def run(*words, without_cryptography=False):
    hide = "sys.modules['cryptography'] = None;" if without_cryptography else ""
    start = (
        f"import runpy, sys; sys.argv[1:] = {[str(word) for word in words]}; {hide}"
        f"runpy.run_path({str(ALONE)!r}, run_name='__main__')"
    )
    command = [sys.executable, "-I", "-c", start]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_alone_it_says_what_it_found(file):
    code, told = run(file)
    assert (code, told.splitlines()[-1]) == (0, "everything is as it was written")
    assert "39 documents, 1/1 to 1/39" in told
    damaged = file.with_name("damaged.jsonl")
    damaged.write_bytes(file.read_bytes().replace(b"Mleko", b"Chleb"))
    code, told = run(damaged)
    assert (code, told.splitlines()[-1]) == (1, "this is NOT what was written")
    assert "WRONG: document 1/1 (byte" in told
    code, told = run(damaged, "--json")
    assert (code, json.loads(told)["wrong"] >= 25) == (1, True)


def test_alone_without_cryptography_it_says_what_was_not_checked(file):
    code, told = run(file, without_cryptography=True)
    assert code == verify.NOT_ALL_CHECKED
    assert "NOT CHECKED: signatures: the package cryptography is not installed" in told
    damaged = file.with_name("damaged.jsonl")
    damaged.write_bytes(file.read_bytes().replace(b"Mleko", b"Chleb"))
    assert run(damaged, without_cryptography=True)[0] == verify.TAMPERED


def test_a_till_without_a_key_has_a_journal_that_is_not_signed(tmp_path):
    with journal(tmp_path, DeviceKey()) as made:
        fill(made, 3, 3)
        report = verify.verify(made.export(tmp_path / "till.jsonl"))
    assert (report.code(), report.wrong) == (verify.NOT_ALL_CHECKED, 0)
    assert "is not signed: the device had no key" in report.unchecked[0]


def test_what_is_no_journal_cannot_be_read(tmp_path):
    text, other = tmp_path / "text", tmp_path / "other.db"
    text.write_text("hello")
    with closing(sqlite3.connect(other)) as db, db:
        db.execute("CREATE TABLE something (id)")
    for path in (tmp_path / "nothing", tmp_path, text, other):
        code, told = run(path)
        assert (code, told.startswith("UNREADABLE: ")) == (verify.UNREADABLE, True), told
    assert json.loads(run(text, "--json")[1])["error"].endswith("nor an exported journal")
