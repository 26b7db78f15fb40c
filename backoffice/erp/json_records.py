"""Records as JSON: one array of objects, or an object after another. Knows no data set."""

from __future__ import annotations

import json
from decimal import Decimal, DecimalException
from typing import IO, TYPE_CHECKING, Any

from backoffice.erp.text import DEPTH_MAX, PIECE, RECORD_BYTES_MAX, Raw, UnreadableText, opened
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Iterator, Mapping

_BETWEEN = " \t\r\n"
_FIELDS_MAX = 500
_SHOWN = 60


def read(file: IO[bytes], encoding: str = "utf-8-sig") -> Generator[Raw]:
    """Every record of a file; never raises for what stands in it.

    What follows a place that is no JSON cannot be told apart any more: it is one fault.
    """
    try:
        text = opened(file, "utf-8-sig" if encoding == "auto" else encoding)
    except UnreadableText as error:
        yield Raw("record 1", fault=str(error))
        return
    try:
        yield from _records(text)
    finally:
        text.detach()


def written(records: Iterable[Mapping[str, Any]]) -> bytes:
    """A file of one object a line."""
    return "".join(
        json.dumps(record, ensure_ascii=False, separators=(",", ":")) + "\n" for record in records
    ).encode("utf-8", errors="replace")


def decoded(text: str | bytes) -> Any:  # noqa: ANN401 (whatever JSON says)
    """The value of one JSON text, decimals exact; raises ``ValueError``, whatever is wrong."""
    try:
        value = _DECODER.decode(text if isinstance(text, str) else text.decode("utf-8-sig"))
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    if _is_too_deep(value):
        raise ValueError(_TOO_DEEP)
    return value


def _records(text: IO[str]) -> Iterator[Raw]:
    window = _Window(text)
    is_array = window.skip(_BETWEEN) == "["
    if is_array:
        window.at += 1
    number = 0
    while True:
        seen = window.skip(_BETWEEN)
        if is_array and number and seen == ",":
            window.at += 1
            seen = window.skip(_BETWEEN)
        elif is_array and number and seen not in {"]", ""}:
            yield _broken(number + 1)
            return
        if is_array and seen == "]":
            window.at += 1
            if window.skip(_BETWEEN):
                yield _broken(number + 1)
            return
        if not seen:
            if is_array:
                message = _("the file ends within its list")
                yield Raw(f"record {number + 1}", fault=Reason(message))
            return
        number += 1
        raw = window.record(number)
        yield raw
        if window.is_lost:
            return


class _Window:
    """A stretch of the text that holds the record being read, and grows until it ends."""

    def __init__(self, text: IO[str]) -> None:
        self._text = text
        self._held = ""
        self.at = 0
        self.is_lost = False

    def skip(self, what: str) -> str:
        """The next letter that is none of these; empty at the end."""
        while True:
            while self.at < len(self._held):
                if self._held[self.at] not in what:
                    return self._held[self.at]
                self.at += 1
            if not self._grow():
                return ""

    def record(self, number: int) -> Raw:
        """The value that begins here; ``is_lost`` where nobody can tell its end."""
        place = f"record {number}"
        while True:
            try:
                value, self.at = _DECODER.raw_decode(self._held, self.at)
            except RecursionError:
                self.is_lost = True
                return Raw(place, fault=Reason(_("the file is nested too deep")))
            except ValueError:
                if len(self._held) - self.at < RECORD_BYTES_MAX and self._grow():
                    continue
                self.is_lost = True
                return _broken(number)
            if _is_too_deep(value):
                return Raw(place, fault=Reason(_("the file is nested too deep")))
            if not isinstance(value, dict):
                return Raw(place, fault=Reason(_("expected an object")))
            return Raw(place, value)

    def _grow(self) -> bool:
        # Twice as much each time: a long record is not read again for each piece of it.
        piece = self._text.read(max(PIECE, len(self._held) - self.at))
        self._held = self._held[self.at :] + piece
        self.at = 0
        return bool(piece)


def _broken(number: int) -> Raw:
    message = _("from here on the file is no JSON; what follows was not read")
    return Raw(f"record {number}", fault=Reason(message))


def _is_too_deep(value: object, depth: int = 0) -> bool:
    if depth > DEPTH_MAX:
        return True
    if isinstance(value, dict):
        return len(value) > _FIELDS_MAX or any(_is_too_deep(it, depth + 1) for it in value.values())
    return isinstance(value, list) and any(_is_too_deep(it, depth + 1) for it in value)


def _constant(word: str) -> None:
    raise ValueError(word)


def _decimal(word: str) -> Decimal:
    try:
        return Decimal(word)
    except DecimalException:  # an exponent beyond any
        raise ValueError(word[:_SHOWN]) from None


_TOO_DEEP = "nested too deep"
_DECODER = json.JSONDecoder(parse_float=_decimal, parse_constant=_constant)
