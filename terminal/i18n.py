"""Translation of message ids through gettext catalogues below ``locale/``.

English message ids are the fallback. The language of the screen is one setting of the process.
"""

from __future__ import annotations

import gettext
from pathlib import Path

LANGUAGES = ("pl", "en", "fr", "es")
LOCALE_DIR = Path(__file__).parent / "locale"
_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Translate into ``language`` from now on; an unknown one falls back to English."""
    global _catalogue  # noqa: PLW0603 - one screen speaks one language
    _catalogue = gettext.translation("kasoterminal", LOCALE_DIR, [language], fallback=True)


def gettext_noop(message: str) -> str:
    """Mark ``message`` for translation at the time it is shown."""
    return message


def translate(message: str, **params: object) -> str:
    """Translate ``message`` and fill its ``{placeholders}``."""
    # For gettext the empty id is the header of the catalogue.
    text = _catalogue.gettext(message) if message else ""
    return text.format(**params) if params else text


def ntranslate(singular: str, plural: str, count: int) -> str:
    """Translate a sentence about ``count`` things; ``{count}`` is filled in."""
    return _catalogue.ngettext(singular, plural, count).format(count=count)
