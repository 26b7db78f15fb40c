"""Every sentence on the screen exists in every language, with the same placeholders."""

from __future__ import annotations

import gettext
import importlib.util
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


locales = load("update_locales")
IDS = [message for message in locales.message_ids() if message.id]


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def test_there_is_something_to_translate() -> None:
    ids = {message.id if isinstance(message.id, str) else message.id[0] for message in IDS}
    assert {"No matching item: {item}", "Daily report (close the day)"} <= ids


@pytest.mark.parametrize("language", locales.LANGUAGES)
def test_every_message_is_translated_with_its_placeholders(language: str) -> None:
    with locales.po_file(language).open("rb") as po:
        catalogue = read_po(po, locale=language)
    wrong = []
    for message in IDS:
        found = catalogue.get(message.id)
        if found is None or not found.string or found.fuzzy:
            wrong.append(f"missing: {message.id}")
            continue
        if isinstance(message.id, str):
            texts = [(message.id, found.string)]
        else:
            if len(found.string) != catalogue.num_plurals or not all(found.string):
                wrong.append(f"plural forms: {message.id}")
            texts = [(message.id[1], string) for string in found.string]
        wrong += [
            f"placeholders: {text!r}"
            for original, text in texts
            if not set(placeholders(text)) <= set(placeholders(original))
            or (isinstance(message.id, str) and placeholders(text) != placeholders(original))
        ]
    assert not wrong, "\n".join(wrong)


def test_compiling_gives_what_gettext_reads(tmp_path: Path) -> None:
    source = locales.po_file("pl")
    copy = tmp_path / "terminal" / "locale" / "pl" / "LC_MESSAGES" / source.name
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    (written,) = load("build_locales").compile_locales(tmp_path)
    catalogue = gettext.translation("kasoterminal", tmp_path / "terminal" / "locale", ["pl"])
    assert written.suffix == ".mo"
    assert catalogue.gettext("Log in first") != "Log in first"
