from __future__ import annotations

import json

import pytest

from terminal.audit import verify
from terminal.audit.export import export
from terminal.errors import Blocked, Code
from tests.terminal.audit.journals import DEVICE, fill, journal, open_reader

AT = "2026-11-30T12:00:00+01:00"


def test_a_reader_writes_it_while_the_till_sells(tmp_path):
    with journal(tmp_path) as made:
        fill(made, 12)
        reader = open_reader(tmp_path / "journal.db")
        done = export(reader, DEVICE, tmp_path / "a.jsonl", AT)
        made.receipt()
        again = export(reader, DEVICE, tmp_path / "b.jsonl", AT)
        reader.close()
    assert (again.documents, done.withheld) == (done.documents + 1, 0)
    for name in ("a.jsonl", "b.jsonl"):
        assert verify.verify(tmp_path / name).code() == verify.FINE
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_it_tells_of_nobody(tmp_path):
    with journal(tmp_path) as made:
        made.receipt(nip="5260250274", buyer_name="Lipa sp. z o.o.", buyer_address="Polna 1")
        made.customer("Jan Nowak")
        text = made.export(tmp_path / "till.jsonl").read_text(encoding="utf-8")
    assert not [word for word in ("5260250274", "Lipa sp", "Polna", "Nowak") if word in text]


@pytest.mark.parametrize(
    "days",
    [
        {},
        {"first_day": "2026-11-21"},
        {"last_day": "2026-11-20"},
        {"first_day": "2026-11-21", "last_day": "2026-11-21"},
        {"first_day": "2027-01-01"},
        {"last_day": "2020-01-01"},
    ],
)
def test_days_are_cut_out_whole(tmp_path, days):
    with journal(tmp_path) as made:
        for _ in range(3):
            for _ in range(3):
                made.receipt()
            made.close_day()
        made.receipt()
        path = made.export(tmp_path / "till.jsonl", **days)
        marks = [at[:10] for (at,) in made.db.execute("SELECT made_at FROM document ORDER BY seq")]
    told = [json.loads(line) for line in path.read_bytes().splitlines()]
    seqs = [one["seq"] for one in told if "body" in one]
    wanted = [
        seq
        for seq, day in enumerate(marks, start=1)
        if days.get("first_day", "") <= day <= days.get("last_day", "~")
    ]
    assert seqs == wanted
    assert verify.verify(path).code() == verify.FINE
    assert ("after" in told[0]) == (seqs != [] and seqs[0] > 1) or not seqs


def test_a_disk_that_does_not_take_it(tmp_path):
    with journal(tmp_path) as made:
        with pytest.raises(Blocked) as caught:
            made.export(tmp_path / "nowhere" / "till.jsonl")
        assert caught.value.code is Code.STORAGE
        assert not made.db.in_transaction
