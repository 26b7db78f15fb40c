"""The connector of a program that answers over HTTP with JSON.

A data set is read page by page and changed since a mark; where nothing changed, its ETag saves
even that. Records go out in batches, each with its key, and each is answered.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urljoin, urlsplit

from backoffice.erp.connector import Answer, Batch, Record, Reply
from backoffice.erp.folder import SENT, checked
from backoffice.erp.rest_contents import Contents
from backoffice.exchange.objects import EXPORTS
from backoffice.jobs.work import NeverError, storable
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from backoffice.erp.connector import Outgoing
    from backoffice.erp.form import Form
    from backoffice.erp.rest_caller import Caller, Said

# A program that never comes to an end is not read for ever.
PAGES_MAX = 100_000
PARTNERS_MAX = 50
_NOT_MODIFIED = 304
_REPLIES = {it.value: it for it in Reply}
_SHOWN = 300

# How the members of an answer and the parameters of a question are called, unless told otherwise.
NAMES = {
    "items": "items",
    "next": "next",
    "mark": "mark",
    "total": "total",
    "since": "since",
    "cursor": "cursor",
    "limit": "limit",
    "records": "records",
    "answers": "answers",
    "key": "key",
    "confirm": "confirm",
}


@dataclass(frozen=True, slots=True)
class Resource:
    """Where a data set lies over there, and its form."""

    path: str
    form: Form


@dataclass(slots=True)
class _Place:
    """Where a transfer stands, and what to ask from next time, by data set."""

    set: int = 0
    next: str = ""
    pages: int = 0
    marks: dict[str, list[str]] = field(default_factory=dict)

    def packed(self) -> str:
        return json.dumps([self.set, self.next, self.pages, self.marks], separators=(",", ":"))


class RestConnector:
    """Another program at an address; ``batch`` is how many records travel in one request."""

    def __init__(
        self,
        name: str,
        caller: Caller,
        sets: Mapping[str, Resource],
        *,
        names: Mapping[str, str] = NAMES,
        page_size: int = 500,
        batch: int = 100,
        contents: str = "/contents",
    ) -> None:
        self.name = name
        self._caller, self._sets, self._names = caller, sets, names
        self._page_size, self._batch = page_size, batch
        self._contents = Contents(caller, caller.address + contents)

    def read(self, object_name: str, since: str, cursor: str) -> Batch:
        """The next page of the data sets of an export."""
        names = [name for name in EXPORTS[object_name] if name in self._sets]
        before, place = _marks(since), _place(cursor)
        if place.set >= len(names):
            return Batch([], None, json.dumps(place.marks))
        name = names[place.set]
        said, where = self._page(name, before.get(name, ["", "", ""]), place)
        records: list[Record] = []
        following, total = "", None
        if said.status != _NOT_MODIFIED:
            page = _Page(said, self._names)
            form = self._sets[name].form
            records = [
                _record(name, form, it, f"{where} #{number}")
                for number, it in enumerate(page.items, 1)
            ]
            following, total = page.next, page.total
            if place.pages == 0:
                asked = before.get(name, ["", "", ""])[0]
                place.marks[name] = [page.mark or asked, said.headers.get("etag", "")[:200], asked]
        else:
            place.marks[name] = before[name]
        self._move_on(place, following)
        is_over = place.set >= len(names)
        return Batch(
            records,
            None if is_over else place.packed(),
            json.dumps(place.marks, separators=(",", ":")),
            total if len(names) == 1 else None,
        )

    def done(self, object_name: str, mark: str) -> None:
        """Nothing: the mark is given with the next question."""

    def write(
        self, object_name: str, records: Sequence[Outgoing], *, confirm: bool
    ) -> list[Answer]:
        """Send records in batches, and read the answer to each."""
        answers: list[Answer] = []
        for start in range(0, len(records), self._batch):
            some = records[start : start + self._batch]
            answers += self._written(self._sets[SENT[object_name]], some, confirm=confirm)
        return answers

    def partners_with(self, nip: str) -> list[str]:
        """Their ids of partners with this tax number."""
        chosen = self._sets["customers"]
        theirs = next((it.theirs for it in chosen.form.fields if it.ours == "nip"), "nip")
        query = {theirs: nip, self._names["limit"]: str(PARTNERS_MAX)}
        page = _Page(self._caller.ask("GET", self._url(chosen), query=query), self._names)
        found = [chosen.form.incoming(it) for it in page.items[:PARTNERS_MAX]]
        return [it.id for it in found if it.id and not it.is_removed and it.body.get("nip") == nip]

    def content(self, sha256: str) -> Iterator[bytes]:
        """The bytes of a file, by their hash."""
        checked(sha256)
        return self._contents.brought(sha256)

    def put_content(self, sha256: str, name: str, parts: Iterator[bytes]) -> None:
        """Send the bytes that they do not have yet."""
        checked(sha256)
        self._contents.send(sha256, name, parts)

    def close(self) -> None:
        """Give the connections back."""
        self._caller.close()

    def _url(self, chosen: Resource) -> str:
        return self._caller.address + chosen.path

    def _page(self, name: str, before: list[str], place: _Place) -> tuple[Said, str]:
        chosen, mark = self._sets[name], before[0]
        url = self._url(chosen)
        if place.next.startswith(("http://", "https://")):
            return self._caller.ask("GET", place.next), f"{chosen.path} page {place.pages + 1}"
        query = {self._names["limit"]: str(self._page_size)}
        query |= {self._names["since"]: mark} if mark else {}
        query |= {self._names["cursor"]: place.next} if place.next else {}
        headers = {}
        # An ETag belongs to one address: the same question as the one that it answered.
        if not place.next and before[1] and before[2] == mark:
            headers["If-None-Match"] = before[1]
        allowed = frozenset({_NOT_MODIFIED} if headers else ())
        said = self._caller.ask("GET", url, query=query, headers=headers, allowed=allowed)
        return said, f"{chosen.path} page {place.pages + 1}"

    def _move_on(self, place: _Place, following: str) -> None:
        if not following:
            place.set, place.next, place.pages = place.set + 1, "", 0
            return
        if following == place.next or place.pages >= PAGES_MAX:
            raise NeverError(Reason(_("the other program gives the same page again and again")))
        if "://" in following and _origin(following) != _origin(self._caller.address):
            message = _("the other program sends us to another address ({address}): write it down")
            raise NeverError(Reason(message, address=following[:_SHOWN]))
        place.next, place.pages = following, place.pages + 1

    def _written(
        self, chosen: Resource, records: Sequence[Outgoing], *, confirm: bool
    ) -> list[Answer]:
        sent = [{self._names["key"]: it.key, **chosen.form.outgoing(it.body)} for it in records]
        keys = "\n".join(it.key for it in records) + str(confirm)
        said = self._caller.ask(
            "POST",
            self._url(chosen),
            headers={"Idempotency-Key": hashlib.sha256(keys.encode()).hexdigest()},
            body={self._names["records"]: sent, self._names["confirm"]: confirm},
        )
        value = said.value
        answers = value.get(self._names["answers"]) if isinstance(value, dict) else value
        if not isinstance(answers, list) or len(answers) != len(records):
            raise NeverError(Reason(_("the other program did not answer each record")))
        return [_answer(record, it) for record, it in zip(records, answers, strict=True)]


class _Page:
    """What an answer to a question for records says."""

    def __init__(self, said: Said, names: Mapping[str, str]) -> None:
        value = said.value
        whole: dict[str, Any] = value if isinstance(value, dict) else {}
        items = whole.get(names["items"]) if whole else value
        if not isinstance(items, list):
            raise NeverError(Reason(_("the other program answered no list of records")))
        self.items: list[Any] = items
        self.mark = _word(whole.get(names["mark"]))
        self.next = _word(whole.get(names["next"])) or _linked(said)
        total = whole.get(names["total"])
        self.total = total if isinstance(total, int) and 0 <= total < 10**9 else None


def _linked(said: Said) -> str:
    """The address of the next page in the headers."""
    for part in said.headers.get("link", "").split(","):
        address, _semicolon, rest = part.strip().partition(";")
        if "next" in rest.replace('"', "").replace("rel=", "").split():
            try:
                return urljoin(said.address, address.strip("<> "))
            except ValueError:
                message = _("the other program gave an address that is none")
                raise NeverError(Reason(message)) from None
    return ""


def _record(set_name: str, form: Form, raw: object, where: str) -> Record:
    read = form.incoming(raw)
    return Record(set_name, read.id, read.body, where, read.fault, read.is_removed)


def _answer(record: Outgoing, said: object) -> Answer:
    words: dict[str, Any] = said if isinstance(said, dict) else {}
    reply = _REPLIES.get(str(words.get("reply", "")))
    if reply is None or words.get("id", record.id) != record.id:
        raise NeverError(Reason(_("the other program did not answer each record")))
    reason = "".join(it for it in str(words.get("reason") or "")[:_SHOWN] if it.isprintable())
    return Answer(record.id, reply, reason, _word(words.get("their_id"))[:64])


def _word(value: object) -> str:
    is_one = isinstance(value, str | int) and value is not True
    return storable(str(value)[:2000]) if is_one else ""


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return "", quote(url), None
    return parts.scheme, parts.hostname, port


def _place(cursor: str) -> _Place:
    if not cursor:
        return _Place()
    try:
        number, following, pages, marks = json.loads(cursor)
        return _Place(int(number), str(following), int(pages), dict(marks))
    except (ValueError, TypeError) as error:
        raise NeverError(Reason(_("this place in a transfer is unknown"))) from error


def _marks(since: str) -> dict[str, list[str]]:
    """What the last transfer left; whatever is not of ours is as if there had been none."""
    try:
        found = json.loads(since or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        name: [str(part) for part in it]
        for name, it in found.items()
        if isinstance(it, list) and len(it) == len(("mark", "etag", "asked"))
    }
