"""Translation of message ids through gettext catalogues below ``locale/``.

English message ids are the fallback. The language of the screen is one setting of the process; what
is written for somebody else is written within ``speaking``.
"""

from __future__ import annotations

import gettext
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("pl", "en", "fr", "es")
LOCALE_DIR = Path(__file__).parent / "locale"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_ELSEWHERE: ContextVar[gettext.NullTranslations | None] = ContextVar("language", default=None)


def use_language(language: str) -> None:
    """Translate into ``language`` from now on; an unknown one falls back to English."""
    global _catalogue  # noqa: PLW0603 - one screen speaks one language
    _catalogue = _of(language)


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Translate into ``language`` what is called within; empty is that of the screen."""
    token = _ELSEWHERE.set(_of(language) if language else None)
    try:
        yield
    finally:
        _ELSEWHERE.reset(token)


def _of(language: str) -> gettext.NullTranslations:
    return gettext.translation("kasoterminal", LOCALE_DIR, [language], fallback=True)


def _spoken() -> gettext.NullTranslations:
    return _ELSEWHERE.get() or _catalogue


def gettext_noop(message: str) -> str:
    """Mark ``message`` for translation at the time it is shown."""
    return message


def translate(message: str, **params: object) -> str:
    """Translate ``message`` and fill its ``{placeholders}``."""
    # For gettext the empty id is the header of the catalogue.
    text = _spoken().gettext(message) if message else ""
    return text.format(**params) if params else text


def ntranslate(singular: str, plural: str, count: int) -> str:
    """Translate a sentence about ``count`` things; ``{count}`` is filled in."""
    return _spoken().ngettext(singular, plural, count).format(count=count)
