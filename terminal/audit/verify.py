"""Checks a till's journal, alone: chain, gaps, running totals, heads of days. Changes nothing.

One file of the standard library, so that an auditor can read it and carry it away:

    python3 verify.py FILE [--json] [--device-key HEX] [--office-key HEX]

FILE is a journal database or an exported file. Signatures are checked where the package
``cryptography`` can be imported. Exit codes: 0 everything is as it was written, 1 it is not, 2 the
file cannot be read, 3 as far as it was checked it is. The format: docs/journal-format.md.
"""

from __future__ import annotations

import argparse
import json
import re
import sqlite3
import sys
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FINE, TAMPERED, UNREADABLE, NOT_ALL_CHECKED = range(4)
FORMAT = "kaso-journal-1"
_FINDINGS_MAX = 50
_LINE_MAX, _BUFFER, _AMOUNT_MAX = 16 << 20, 1 << 18, 32
_GENESIS = bytes(32)
_CHAIN, _HEAD, _SEAL, _EXPORT, _PERSON = b"kaso-j1", b"kaso-h1", b"kaso-s1", b"kaso-e1", b"kaso-p1"
_ENTRY = re.compile(rb'\{"epoch":(\d{1,10}),"seq":(\d{1,16}),"hash":"([0-9a-f]{64})","body":')
_KEY, _SIGNATURE = re.compile("[0-9a-f]{64}"), re.compile("[0-9a-f]{128}")
_KIND, _RECEIPT, _TOTAL = b',"kind":"', b',"kind":"receipt",', b',"total_gr":'
_RUNNING = b',"running":{"receipts":%d,"returned_gr":%d,"sold_gr":%d},'
# What reading and converting somebody's JSON may raise.
_HOSTILE = (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError)
# Kinds that must be read; of the others the chain says all there is to say.
_READ = (b"receip", b"return", b"report", b"day_he")

Total = tuple[int, int, int]  # receipts, returned and sold in grosze
# Epoch, number, hash, body (None where it was withheld) and first byte of a document.
Row = tuple[int, int, bytes, bytes | None, int | None]


class Unreadable(Exception):
    """The file is no journal, or cannot be read."""


@dataclass
class Report:
    """What was found; ``findings`` are the first of ``wrong``, ``unchecked`` what nobody looked at.

    ``days`` are the daily reports with the control number that stands on the slip of each.
    """

    file: str
    terminal: str = ""
    documents: int = 0
    withheld: int = 0
    first: str = ""
    last: str = ""
    total: dict[str, int] | None = None
    days: list[dict[str, Any]] = field(default_factory=list)
    seals: int = 0
    keys: dict[str, list[str]] = field(default_factory=lambda: {"device": [], "office": []})
    wrong: int = 0
    findings: list[dict[str, Any]] = field(default_factory=list)
    unchecked: list[str] = field(default_factory=list)

    def find(self, what: str, place: str = "", at: int | None = None) -> None:
        """Something is not as it was written."""
        self.wrong += 1
        if self.wrong <= _FINDINGS_MAX:
            self.findings.append({"place": place, "byte": at, "what": what})

    def leave(self, what: str) -> None:
        """Something cannot be checked; said once."""
        if what not in self.unchecked:
            self.unchecked.append(what)

    def code(self) -> int:
        """The exit code."""
        return TAMPERED if self.wrong else NOT_ALL_CHECKED if self.unchecked else FINE


class Signatures:
    """Checks Ed25519 where it can; ``trusted`` are the keys that the caller knows, by owner."""

    def __init__(self, report: Report, trusted: dict[str, str | None]) -> None:
        self._report = report
        self._trusted = trusted
        try:
            from cryptography.exceptions import InvalidSignature  # noqa: PLC0415 - may be missing
            from cryptography.hazmat.primitives.asymmetric import ed25519  # noqa: PLC0415
        except ImportError:
            self._read: Any = None
            self._faults: tuple[type[Exception], ...] = ()
        else:
            self._read = ed25519.Ed25519PublicKey.from_public_bytes
            self._faults = (InvalidSignature, ValueError)

    def check(self, owner: str, told: dict[str, Any], mark: bytes, where: tuple[Any, ...]) -> None:
        """Whether ``owner`` has signed what was told; ``where`` is for a finding."""
        key, signature = told.get(f"{owner}_key"), told.get("signature")
        if not signature:
            self._report.leave(f"{where[0]} is not signed: the {owner} had no key")
            return
        if not (isinstance(key, str) and _KEY.fullmatch(key) and _is_signature(signature)):
            self._report.find(f"key or signature of the {owner} is none", *where)
            return
        if (self._trusted.get(owner) or key) != key:
            self._report.find(f"it is signed by another {owner} key than yours: {key}", *where)
        if key not in self._report.keys[owner]:
            self._report.keys[owner].append(key)
        if self._read is None:
            self._report.leave("signatures: the package cryptography is not installed")
            return
        try:
            self._read(bytes.fromhex(key)).verify(bytes.fromhex(signature), mark + _bare(told))
        except self._faults:
            self._report.find(f"the signature of the {owner} does not fit", *where)


class Walk:
    """Goes along the chain; of what was passed it keeps the heads of days and nothing else."""

    def __init__(self, report: Report, signatures: Signatures) -> None:
        self.report = report
        self.heads: dict[tuple[int, int], tuple[str, dict[str, Any]]] = {}
        self.prev: bytes | None = _GENESIS  # None where what went before is missing
        self.total: Total | None = (0, 0, 0)  # None where nobody knows
        self.signatures = signatures
        self._place = (0, 0)
        self._is_whole = True
        # Where the open day begins, what stood before it, and the day that a report has just ended.
        self._day: tuple[int, int] | None = None
        self._before: int | None = 0
        self._ended: tuple[tuple[int, int], int] | None = None

    def begin(self, after: tuple[int, int], prev: str, total: Total | None) -> None:
        """The journal goes on ``after`` a place; a day that began before it cannot be counted."""
        self._place, self.prev, self.total, self._before = after, bytes.fromhex(prev), total, None
        self._is_whole = False

    def go(self, rows: Iterable[Row]) -> None:
        """To the end."""
        report = self.report
        epoch, seq = self._place
        for row in rows:
            if row[1] != seq + 1 or row[0] != epoch:
                self._place = epoch, seq
                self._jump(row)
            epoch, seq, told, body, _at = row
            report.documents += 1
            if self._day is None:
                self._day = epoch, seq
                report.first = report.first or f"{epoch}/{seq}"
            if body is None:
                report.withheld += 1
                self.prev, self.total = bytes.fromhex(told.decode()), None
                continue
            before = self.prev
            made = sha256(_CHAIN + (before or b""))
            made.update(body)
            if made.hexdigest().encode() == told:
                self.prev = made.digest()
            else:
                if before is not None:
                    report.find("it is not what was written: its hash is another", *_where(row))
                # Whoever comes next was chained to the hash as it is told.
                self.prev = bytes.fromhex(told.decode())
            if self.total is None or not self._adds(body, self.total):
                self._count(row, body, before)
        self._place = epoch, seq
        report.last = f"{epoch}/{seq}"
        if self.total is not None:
            names = "receipts", "returned_gr", "sold_gr"
            report.total = dict(zip(names, self.total, strict=True))

    def _jump(self, row: Row) -> None:
        """Not the next one: a new epoch, or something is missing, doubled or moved."""
        (epoch, seq), report = self._place, self.report
        if row[0] > epoch and row[1] == 1:
            self.prev = _GENESIS
            return
        if row[:2] <= (epoch, seq):
            report.find(f"it stands behind {epoch}/{seq}: doubled or moved", *_where(row))
        else:
            first = seq + 1 if row[0] == epoch else 1
            gap = f"{row[0]}/{first}" + (f" to {row[1] - 1}" if row[1] > first + 1 else "")
            report.find(f"before it {gap} is missing", *_where(row))
        self.prev = self.total = self._before = None

    def _adds(self, body: bytes, total: Total) -> bool:
        """Whether it is a receipt that says of itself what we say: then it need not be parsed."""
        at = body.find(_KIND)
        end = body[body.rfind(b",", -_AMOUNT_MAX) :]
        if not (body.startswith(_RECEIPT, at) and end.startswith(_TOTAL) and end[12:-1].isdigit()):
            return False
        after = total[0] + 1, total[1], total[2] + int(end[12:-1])
        if body.find(_RUNNING % after, at) < 0:
            return False
        self.total = after
        return True

    def _count(self, row: Row, body: bytes, before: bytes | None) -> None:
        at = body.find(_KIND)
        # A kind that stands within braces is not the document's own.
        is_top = at > 0 and body.count(b"{", 0, at) == body.count(b"}", 0, at) + 1
        if not is_top or body[at + 9 : at + 15] in _READ or b'"restored"' in body:
            self._read(row, body, before)

    def _read(self, row: Row, body: bytes, before: bytes | None) -> None:
        try:
            told = json.loads(body)
            kind, amount_gr = told["kind"], int(told.get("total_gr", 0))
            running, detail = _totals(told.get("running")), dict(told.get("detail", {}))
        except _HOSTILE:
            self.report.find("it is no document", *_where(row))
            return
        if kind in {"receipt", "return"} and self.total is not None:
            receipts, returned_gr, sold_gr = self.total
            if kind == "receipt":
                self.total = receipts + 1, returned_gr, sold_gr + amount_gr
            else:
                self.total = receipts, returned_gr + amount_gr, sold_gr
        if kind in {"receipt", "return", "report", "day_head"} and running is not None:
            self._compare(row, running)
        if kind == "report":
            day, here = self._day, self.report.documents
            self._ended = (day, here - self._before) if day and self._before is not None else None
            self._day, self._before = None, here
        elif kind == "day_head":
            self._head(row, told, before)
        elif kind == "event" and told.get("name") == "restored" and row[1] == 1:
            kept, stood = detail.get("documents"), self.report.documents - 1
            if self._is_whole and kept != stood:
                self.report.find(f"before it stood {kept} documents, now {stood}", *_where(row))

    def _compare(self, row: Row, told: Total) -> None:
        if self.total is not None and told != self.total:
            what = f"its running total is {told}, not {self.total} (receipts, returned, sold)"
            self.report.find(what, *_where(row))
        self.total = told

    def _head(self, row: Row, told: dict[str, Any], before: bytes | None) -> None:
        """A day's head follows its report: the hash before it, and what lies in the day."""
        where, report, ended = _where(row), self.report, self._ended
        self._ended = None
        if told.get("last_seq") != row[1] - 1 or (before and told.get("head") != before.hex()):
            report.find("the head of the day is not that of the report before it", *where)
        if ended:
            first, count = ended
            said = told.get("first_epoch"), told.get("first_seq")
            if (said, told.get("count")) != (first, count):
                report.find(f"its day is {count} documents from {first[0]}/{first[1]} on", *where)
        self.signatures.check("device", told, _HEAD, where)
        day = {"report_no": told.get("report_no"), "at": told.get("at")}
        day |= {"control_number": str(told.get("head", ""))[:8], "is_sealed": False}
        report.days.append(day)
        self.heads[row[0], row[1]] = row[2].decode(), day

    def seal(self, text: bytes, at: int | None) -> None:
        """The office's word on a head."""
        try:
            told = json.loads(text)
            place = int(told["epoch"]), int(told["seq"])
        except _HOSTILE:
            self.report.find("a seal of the office cannot be read", "seal", at)
            return
        where = f"seal of {place[0]}/{place[1]}", at
        own, day = self.heads.get(place, ("", {}))
        if not own:
            self.report.find("the office holds the head of a day that is not here", *where)
        elif own != told.get("hash"):
            self.report.find("the office holds another head of this day", *where)
        else:
            day["is_sealed"] = True
        self.report.seals += 1
        self.signatures.check("office", told, _SEAL, where)


def verify(path: Path, trusted: dict[str, str | None] | None = None) -> Report:
    """Check a database or an exported file; raises ``Unreadable``."""
    report = Report(str(path))
    walk = Walk(report, Signatures(report, trusted or {}))
    try:
        with path.open("rb", buffering=_BUFFER) as file:
            start = file.read(16)
            file.seek(0)
            if start != b"SQLite format 3\0":
                _Exported(file, walk).go()
                return report
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            _check_database(db, walk)
    except (OSError, sqlite3.Error) as error:
        msg = f"{path}: {error}"
        raise Unreadable(msg) from error
    return report


class _Exported:
    """Reads an exported file: a head line, documents, seals, and a last line that signs it all."""

    def __init__(self, file: BinaryIO, walk: Walk) -> None:
        self._lines = iter(partial(file.readline, _LINE_MAX), b"")
        self._walk = walk
        self._others = sha256()
        self._at = 0
        self._rest: bytes = b""

    def go(self) -> None:
        """Head, documents, seals, end."""
        report, walk = self._walk.report, self._walk
        line = next(self._lines, b"")
        head = _object(line) or {}
        if head.get("format") != FORMAT:
            msg = f"{report.file}: neither a journal database nor an exported journal"
            raise Unreadable(msg)
        report.terminal = str(head.get("terminal"))
        try:
            if start := head.get("after"):
                place = int(start["epoch"]), int(start["seq"])
                walk.begin(place, start["hash"], _totals(start["running"]))
        except _HOSTILE as error:
            msg = f"{report.file}: its first line does not say where it begins"
            raise Unreadable(msg) from error
        self._take(line)
        walk.go(self._rows())
        line = self._rest
        while line.startswith(b'{"seal":'):
            walk.seal(line[8:-2], self._at)
            self._take(line)
            line = next(self._lines, b"")
        self._end(line, head)

    def _take(self, line: bytes) -> None:
        self._others.update(line)
        self._at += len(line)

    def _rows(self) -> Iterator[Row]:
        at = self._at
        match = _ENTRY.match
        for line in self._lines:
            found = match(line)
            if not found or line[-2:] != b"}\n":
                self._rest = line
                break
            epoch, seq, told = found.groups()
            body = line[found.end() : -2]
            yield int(epoch), int(seq), told, body if body != b"null" else None, at
            at += len(line)
        self._at = at

    def _end(self, line: bytes, head: dict[str, Any]) -> None:
        report, prev = self._walk.report, self._walk.prev
        told = _object(line)
        where = "end of the file", self._at
        if told is None or "signature" not in told:
            report.find("a line is damaged, or the file is cut off here", *where)
            return
        if _text(told) + b"\n" != line or next(self._lines, b""):
            report.find("something follows the end, or its form is another", *where)
        ours = {
            "device_key": head.get("device_key"),
            "documents": report.documents,
            "hash": prev.hex() if prev else told.get("hash"),
            "others": self._others.hexdigest(),
        }
        if wrong := [name for name, value in ours.items() if told.get(name) != value]:
            report.find(f"it does not fit what stands above: {', '.join(wrong)}", *where)
        self._walk.signatures.check("device", told, _EXPORT, where)


def _check_database(db: sqlite3.Connection, walk: Walk) -> None:
    db.text_factory = bytes
    report = walk.report
    tables = {name.decode() for (name,) in db.execute("SELECT name FROM sqlite_master")}
    if not {"document", "delivered"} <= tables:
        msg = f"{report.file}: no journal of a till"
        raise Unreadable(msg)
    owner = db.execute("SELECT body ->> '$.terminal' FROM document LIMIT 1").fetchone()
    report.terminal = (owner[0] or b"").decode() if owner else ""
    walk.go(_stored(db, report))
    for epoch, hw, head in db.execute("SELECT epoch, hw, head FROM delivered WHERE hw > 0"):
        asked = "SELECT hash FROM document WHERE epoch = ? AND seq = ?"
        if (own := db.execute(asked, (epoch, hw)).fetchone()) is None or own[0] != head:
            report.find("what the office holds is not here", f"document {epoch}/{hw}")
    if "seal" in tables:
        for (text,) in db.execute("SELECT told FROM seal ORDER BY epoch, seq"):
            walk.seal(text, None)
    if "person" in tables:
        _check_persons(db, report)


def _stored(db: sqlite3.Connection, report: Report) -> Iterator[Row]:
    last = b""
    asked = "SELECT epoch, seq, hash, body, prev, rid, kind FROM document ORDER BY epoch, seq"
    for epoch, seq, told, body, prev, rid, kind in db.execute(asked):
        place = f"document {epoch}/{seq}"
        if last and seq > 1 and prev != last:
            report.find("it follows another document than the one before it", place)
        if b'"rid":"%s"' % rid not in body or b'"kind":"%s"' % kind not in body:
            report.find("it stands under a name that is not its own", place)
        last = told
        yield epoch, seq, told, body, None


def _check_persons(db: sqlite3.Connection, report: Report) -> None:
    """What was told of persons lies apart; documents hold its digest, also when it is erased."""
    asked = (
        "SELECT d.epoch, d.seq, d.body ->> '$.person', p.told FROM person p"
        " JOIN document d USING (rid) WHERE p.told <> ''"
    )
    for epoch, seq, digest, told in db.execute(asked):
        if sha256(_PERSON + told).hexdigest().encode() != digest:
            report.find("what it tells of a person was changed", f"document {epoch}/{seq}")


def _where(row: Row) -> tuple[str, int | None]:
    return f"document {row[0]}/{row[1]}", row[4]


def _is_signature(text: object) -> bool:
    return isinstance(text, str) and bool(_SIGNATURE.fullmatch(text))


def _text(told: dict[str, Any]) -> bytes:
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode(
        errors="surrogatepass"
    )


def _bare(told: dict[str, Any]) -> bytes:
    """The text that was signed: canonical, with the signature left empty."""
    return _text({**told, "signature": ""})


def _object(line: bytes) -> dict[str, Any] | None:
    try:
        told = json.loads(line)
    except _HOSTILE:
        return None
    return told if isinstance(told, dict) else None


def _totals(told: dict[str, int] | None) -> Total | None:
    if not told:
        return None
    return int(told["receipts"]), int(told["returned_gr"]), int(told["sold_gr"])


def sentences(report: Report) -> Iterator[str]:
    """The report for people."""
    told = f"{report.file}: till {report.terminal}, {report.documents} documents"
    yield f"{told}, {report.first or '-'} to {report.last}"
    if report.total:
        sold_gr, back_gr = report.total["sold_gr"], report.total["returned_gr"]
        yield f"ever: {report.total['receipts']} receipts, sold {_zl(sold_gr)}, back {_zl(back_gr)}"
    yield f"{len(report.days)} heads of days, {report.seals} of them sealed by the office"
    for day in report.days[-1:]:
        yield f"control number of daily report {day['report_no']}: {day['control_number']}"
    for owner, keys in report.keys.items():
        yield from (f"signed by {owner} key {key}" for key in keys)
    if report.withheld:
        yield f"{report.withheld} documents are withheld: only their hashes are here"
    yield from (f"NOT CHECKED: {what}" for what in report.unchecked)
    for one in report.findings:
        byte = f" (byte {one['byte']})" if one["byte"] is not None else ""
        yield f"WRONG: {one['place']}{byte}: {one['what']}"
    if report.wrong > len(report.findings):
        yield f"WRONG: {report.wrong - len(report.findings)} more"
    yield {
        FINE: "everything is as it was written",
        TAMPERED: "this is NOT what was written",
        NOT_ALL_CHECKED: "as far as it was checked, everything is as it was written",
    }[report.code()]


def _zl(amount_gr: int) -> str:
    return f"{amount_gr // 100}.{amount_gr % 100:02}"


def main(words: list[str] | None = None) -> int:
    """Check a file by the command line; gives the exit code."""
    parser = argparse.ArgumentParser(prog="verify", description=__doc__.partition("\n")[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--device-key", metavar="HEX", help="the till's key, as the office shows it"
    )
    parser.add_argument(
        "--office-key", metavar="HEX", help="the office's key, as its page shows it"
    )
    told = parser.parse_args(words)
    try:
        report = verify(told.file, {"device": told.device_key, "office": told.office_key})
    except Unreadable as error:
        text = json.dumps({"error": str(error)}) if told.json else f"UNREADABLE: {error}"
        sys.stdout.write(f"{text}\n")
        return UNREADABLE
    lines = [json.dumps(asdict(report), indent=1)] if told.json else sentences(report)
    sys.stdout.writelines(f"{line}\n" for line in lines)
    return report.code()


if __name__ == "__main__":
    sys.exit(main())
