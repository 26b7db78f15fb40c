"""Records as XML: each element below the root is one, its children and attributes are the fields.

A child with children is a list, such as the lines of a document. Document types, entities and
whatever lies outside the file are refused: nothing of ours needs them.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import DefusedXMLParser

from backoffice.erp.text import DEPTH_MAX, PIECE, RECORD_BYTES_MAX, Raw
from backoffice.reasons import Reason
from terminal.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping

_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;"}
_SPECIAL = re.compile('[&<>"\r]')
_RECORD_DEPTH = 2


def read(file: IO[bytes]) -> Generator[Raw]:
    """Every record of a file; never raises for what stands in it."""
    file.seek(0)
    gathered = _Records()
    parser = DefusedXMLParser(target=gathered, forbid_dtd=True)
    number = 0
    since_last = 0
    while True:
        piece = file.read(PIECE)
        try:
            if piece:
                parser.feed(piece)
            else:
                parser.close()
        except (ParseError, ValueError, LookupError, RecursionError) as error:
            for fields in gathered.taken():
                number += 1
                yield Raw(f"record {number}", fields)
            why = str(error) or type(error).__name__
            message = _("from here on the file is no XML that we read ({why})")
            yield Raw(f"record {number + 1}", fault=Reason(message, why=why[:200]))
            return
        found = gathered.taken()
        for fields in found:
            number += 1
            yield Raw(f"record {number}", fields)
        since_last = 0 if found else since_last + len(piece)
        if since_last > RECORD_BYTES_MAX:
            yield Raw(f"record {number + 1}", fault=Reason(_("the record is too large")))
            return
        if not piece:
            return


def written(records: Iterable[Mapping[str, Any]], name: str) -> bytes:
    """A file of records that ``read`` gives back; ``name`` is that of its root."""
    parts = [f'<?xml version="1.0" encoding="UTF-8"?>\n<{name}>\n']
    for record in records:
        inside = "".join(_element(key, value) for key, value in record.items())
        parts.append(f"<record>{inside}</record>\n")
    return "".join([*parts, f"</{name}>\n"]).encode("utf-8", errors="replace")


class _Records:
    """What the parser tells: builds one record after another and keeps nothing else."""

    def __init__(self) -> None:
        self._done: list[dict[str, Any]] = []
        self._open: list[tuple[str, list[tuple[str, Any]], list[str]]] = []

    def taken(self) -> list[dict[str, Any]]:
        """The records that ended since last time."""
        done, self._done = self._done, []
        return done

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if len(self._open) >= DEPTH_MAX:
            message = "nested too deep"
            raise ValueError(message)
        fields: list[tuple[str, Any]] = [(_local(key), it) for key, it in attributes.items()]
        self._open.append((_local(tag), fields if self._open else [], []))

    def data(self, text: str) -> None:
        if len(self._open) >= _RECORD_DEPTH:
            self._open[-1][2].append(text)

    def end(self, _tag: str) -> None:
        tag, children, texts = self._open.pop()
        depth = len(self._open) + 1
        if depth == _RECORD_DEPTH:
            self._done.append(dict(children))
        elif depth > _RECORD_DEPTH:
            self._open[-1][1].append((tag, _value(children, texts, depth)))

    def close(self) -> None:
        return None


def _value(children: list[tuple[str, Any]], texts: list[str], depth: int) -> Any:  # noqa: ANN401
    """A text, a list of what is inside, or the fields of a line."""
    if not children:
        return "".join(texts)
    is_line = depth > _RECORD_DEPTH + 1
    return dict(children) if is_line else [value for _name, value in children]


def _element(name: str, value: Any) -> str:  # noqa: ANN401 (what a field of a row holds)
    if isinstance(value, list):
        inside = "".join(
            f"<line>{''.join(_element(key, it) for key, it in one.items())}</line>"
            if isinstance(one, dict)
            else _element("value", one)
            for one in value
        )
        return f"<{name}>{inside}</{name}>"
    text = str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)
    plain = _NO_XML.sub("\ufffd", text)
    escaped = _SPECIAL.sub(lambda it: _ESCAPED[it[0]], plain)
    return f"<{name}>{escaped}</{name}>"


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
