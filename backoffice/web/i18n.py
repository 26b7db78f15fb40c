"""What the pages say, in the language of whoever reads them.

Message ids are English and are the fallback. Their places are ``{name}``, in Python and in
templates alike. The language is that of the request in which the text is said.
"""

from __future__ import annotations

import gettext as catalogues
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("pl", "en", "fr", "es")
# Each language names itself, so that whoever speaks it finds it.
NAMES = {"pl": "Polski", "en": "English", "fr": "Français", "es": "Español"}
LOCALE_DIR = Path(__file__).parent.parent / "locale"
# Of whom nothing is known: the shops are Polish.
USUAL = "pl"
_SPOKEN: ContextVar[str] = ContextVar("language", default=USUAL)


def use(language: str) -> None:
    """Speak ``language`` for the rest of this request."""
    _SPOKEN.set(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak ``language`` within."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> str:
    """The language that is spoken."""
    return _SPOKEN.get()


def preferred(accepted: str) -> str:
    """The language that a browser would like most, by its header ``Accept-Language``."""
    wishes: list[tuple[float, str]] = []
    for part in accepted[:1000].split(","):
        tag, _semicolon, weight = part.strip().partition(";q=")
        try:
            wishes.append((float(weight or 1), tag.partition("-")[0].lower()))
        except ValueError:
            continue
    known = [wish for wish in wishes if wish[1] in LANGUAGES and wish[0] > 0]
    if known:
        return max(known, key=lambda wish: wish[0])[1]
    is_foreign = any(tag not in {"", "*"} for _weight, tag in wishes)
    return "en" if is_foreign else USUAL


def gettext_noop(message: str) -> str:
    """Mark ``message`` for translation at the time it is said."""
    return message


def _(message: str, **places: object) -> str:
    """``message`` in the language that is spoken, its places filled."""
    # For gettext the empty id is the header of the catalogue.
    text = _catalogue(spoken()).gettext(message) if message else ""
    return text.format(**places) if places else text


def ngettext(singular: str, plural: str, count: int, **places: object) -> str:
    """A sentence about ``count`` things; ``{count}`` is filled in."""
    text = _catalogue(spoken()).ngettext(singular, plural, count)
    return text.format(count=count, **places)


def in_page(message: str, **places: object) -> Markup:
    """``_`` of the templates: everything is escaped but what already is markup."""
    return escape(_(message)).format(**places) if places else escape(_(message))


def count_in_page(singular: str, plural: str, count: int, **places: object) -> Markup:
    """``ngettext`` of the templates."""
    text = _catalogue(spoken()).ngettext(singular, plural, count)
    return escape(text).format(count=count, **places)


@cache
def _catalogue(language: str) -> catalogues.NullTranslations:
    return catalogues.translation("office", LOCALE_DIR, [language], fallback=True)
