"""What console and till say to each other: a line of JSON each way, one answer to one question."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from terminal.sync.wire import Scope

SOCKET = "console.sock"
LINE_MAX = 16_384
ANSWER_MAX = 4 * 1024 * 1024
WORDS_MAX, WORD_MAX = 8, 64

Text = Annotated[str, Meta(max_length=WORD_MAX)]


class Hello(Struct, frozen=True, tag="hello", tag_field="do"):
    """The first one. A script may look without a login: it runs as who owns the files anyway."""

    language: Annotated[str, Meta(max_length=8)] = ""
    is_script: bool = False


class Ask(Struct, frozen=True, tag="challenge", tag_field="do"):
    """Give a challenge for these scopes."""

    scopes: Annotated[list[Scope], Meta(min_length=1, max_length=len(Scope))]


class Bring(Struct, frozen=True, tag="answer", tag_field="do"):
    """The technician's answer to the last challenge."""

    answer: Annotated[bytes, Meta(max_length=LINE_MAX)]


class Pin(Struct, frozen=True, tag="pin", tag_field="do"):
    """An operator's identifier and PIN."""

    identifier: Text
    pin: Text


class Say(Struct, frozen=True, tag="say", tag_field="do"):
    """A line, cut into its words."""

    words: Annotated[list[Text], Meta(min_length=1, max_length=WORDS_MAX)]


class Follow(Struct, frozen=True, tag="follow", tag_field="do"):
    """The events after a place in the chain."""

    epoch: int
    seq: int


class Leave(Struct, frozen=True, tag="leave", tag_field="do"):
    """Log out."""


Request = Hello | Ask | Bring | Pin | Say | Follow | Leave


class Reply(Struct, frozen=True):
    """``code`` is empty when it was done; ``is_well`` is the exit code of a script."""

    lines: list[str] = []
    data: Any = None
    code: str = ""
    sentence: str = ""
    is_well: bool = True


_request: msgspec.json.Decoder[Request] = msgspec.json.Decoder(Request)
_reply: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def read_request(line: bytes) -> Request | None:
    """The request in a line; None when it is none."""
    try:
        return _request.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def read_reply(line: bytes) -> Reply:
    """The answer in a line; raises ``ValueError``."""
    return _reply.decode(line)


def line_of(message: Request | Reply) -> bytes:
    """A line, with its end."""
    return msgspec.json.encode(message) + b"\n"
