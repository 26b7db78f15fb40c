"""Says a stored reason in the reader's language: finds the message that it was made of.

Jobs keep reasons as plain English, since whoever reads them is not there yet. What was made of no
message stays as it is, such as what another program answered.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from babel.messages.mofile import read_mo

from backoffice.web import i18n
from backoffice.web.i18n import _

# A longer text is what somebody else wrote; it is not looked through.
_LENGTH_MAX = 400
# With fewer letters of its own a message would be found in any sentence.
_OWN_LETTERS_MIN = 8
_PLACES_MAX = 4
_DEPTH_MAX = 4
_PLACE = re.compile(r"\{(\w+)\}")


def retold(text: str) -> str:
    """The reason in the language that is spoken."""
    return _retold(text, i18n.spoken()) if 0 < len(text) <= _LENGTH_MAX else text


@lru_cache(maxsize=4096)
def _retold(text: str, language: str, depth: int = 0) -> str:
    if language == "en" or depth >= _DEPTH_MAX:
        return text
    said = _(text)
    if said != text:
        return said
    for message, own, pattern in _messages():
        if not all(part in text for part in own):
            continue
        found = pattern.fullmatch(text)
        if found:
            given = found.groupdict().items()
            return _(message, **{name: _retold(it, language, depth + 1) for name, it in given})
    return _by_parts(text, language, depth)


def _by_parts(text: str, language: str, depth: int) -> str:
    """What stands before a colon is a field, a shop or a file, and has its own name."""
    for sign in ("; ", ": "):
        head, found, rest = text.partition(sign)
        if found:
            told = _retold(head, language, depth + 1) if sign == "; " else head
            return f"{told}{sign}{_retold(rest, language, depth + 1)}"
    return text


@cache
def _messages() -> list[tuple[str, tuple[str, ...], re.Pattern[str]]]:
    """Messages with places, those with most letters of their own first."""
    found = []
    with (i18n.LOCALE_DIR / i18n.USUAL / "LC_MESSAGES" / "office.mo").open("rb") as file:
        ids = [it.id for it in read_mo(file) if isinstance(it.id, str)]
    for message in ids:
        own = _PLACE.split(message)[::2]
        names = _PLACE.findall(message)
        letters = sum(map(len, own))
        is_plain = 0 < len(names) <= _PLACES_MAX and len(set(names)) == len(names)
        if is_plain and letters >= _OWN_LETTERS_MIN:
            found.append((letters, message, tuple(part for part in own if part)))
    found.sort(key=lambda it: (-it[0], it[1]))
    return [(message, own, _pattern(message)) for _letters, message, own in found]


def _pattern(message: str) -> re.Pattern[str]:
    parts = _PLACE.split(message)
    own, names = parts[::2], parts[1::2]
    text = re.escape(own[0])
    for name, after in zip(names, own[1:], strict=True):
        text += f"(?P<{name}>.*?){re.escape(after)}"
    return re.compile(text, re.DOTALL)
