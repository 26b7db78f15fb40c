from __future__ import annotations

import msgspec
import pytest

from terminal.audit.verify import verify
from terminal.console import auditing


@pytest.fixture
def verifier(tmp_path, monkeypatch):
    """A verifier that finds what it is told to."""

    def says(text, code=0):
        path = tmp_path / "verify.py"
        path.write_text(f"import sys\nassert sys.argv[2] == '--json'\nprint({text!r})\n")
        with path.open("a") as file:
            file.write(f"sys.exit({code})\n")
        monkeypatch.setattr(auditing, "VERIFIER", str(path))

    return says


REPORT = (
    '{"documents": 7, "days": [1, 2], "seals": 1, "wrong": %d, "unchecked": %s, "findings": %s}'
)


def test_the_journal_of_this_till_is_verified(one, technician):
    one.pay("1")
    reply = technician.say("journal verify")
    assert (reply.is_well, reply.data["wrong"]) == (True, 0)
    assert reply.data["documents"] >= 3


def test_the_journal_is_taken_away_signed_and_without_persons(one, technician, tmp_path):
    one.pay("1")
    stick = tmp_path / "stick"
    stick.mkdir()
    bench = one.till.console._bench
    bench.config = msgspec.structs.replace(
        bench.config, export=msgspec.structs.replace(bench.config.export, path=str(stick))
    )
    reply = technician.say("export")
    (path,) = stick.iterdir()
    assert reply.data["path"] == str(path)
    report = verify(path)
    assert (report.wrong, report.documents) == (0, reply.data["documents"])
    stick.rename(tmp_path / "pulled")
    assert technician.say("export").code == "E-140"


def test_a_journal_as_it_was_written_is_well(technician, verifier):
    verifier(REPORT % (0, '["signatures"]', "[]"), 3)
    reply = technician.say("journal verify")
    assert reply.is_well
    assert (reply.data["documents"], reply.lines[-1]) == (7, "? signatures")


def test_a_journal_that_is_not_says_where(technician, verifier):
    verifier(REPORT % (1, "[]", '[{"place": "1/5", "what": "the hash does not fit"}]'), 1)
    reply = technician.say("journal verify")
    assert not reply.is_well
    assert reply.lines[-1] == "! 1/5: the hash does not fit"
    verifier('{"error": "no journal"}', 2)
    assert technician.say("journal verify").lines == ["no journal"]
