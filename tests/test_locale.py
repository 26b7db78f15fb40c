"""Every sentence on the screen exists in every language, with the same placeholders."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parent.parent
PLACEHOLDER = re.compile(r"\{(\w*)\}")


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "deploy" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # a dataclass looks up its own module
    spec.loader.exec_module(module)
    return module


locales = load("update_locales")
IDS = {
    domain: [message for message in domain.message_ids() if message.id]
    for domain in locales.DOMAINS
}


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


@pytest.mark.parametrize(
    ("domain", "some"),
    [
        (locales.TILL, {"No matching item: {item}", "Daily report (close the day)"}),
        # Of a module, of a template, and of both forms of a count.
        (locales.OFFICE, {"cover open", "Skip to the content", "The till has it."}),
    ],
    ids=lambda value: getattr(value, "name", ""),
)
def test_there_is_something_to_translate(domain, some) -> None:
    assert some <= {it.id if isinstance(it.id, str) else it.id[0] for it in IDS[domain]}


@pytest.mark.parametrize("language", locales.LANGUAGES)
@pytest.mark.parametrize("domain", locales.DOMAINS, ids=lambda domain: domain.name)
def test_every_message_is_translated_with_its_placeholders(domain, language: str) -> None:
    with domain.po_file(language).open("rb") as po:
        catalogue = read_po(po, locale=language)
    wrong = []
    for message in IDS[domain]:
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


@pytest.mark.parametrize(
    ("domain", "said"),
    [(locales.TILL, "Log in first"), (locales.OFFICE, "There is no such page")],
    ids=["kasoterminal", "office"],
)
def test_compiling_gives_what_gettext_reads(tmp_path: Path, domain, said: str) -> None:
    source = domain.po_file("pl")
    copy = tmp_path / source.relative_to(ROOT)
    copy.parent.mkdir(parents=True)
    copy.write_bytes(source.read_bytes())
    (written,) = load("build_locales").compile_locales(tmp_path)
    catalogue = gettext.translation(domain.name, copy.parents[2], ["pl"])
    assert written.suffix == ".mo"
    assert catalogue.gettext(said) != said
    assert sorted(copy.parent.iterdir()) == [written, copy]


# --- what is shown and was never given to a translator --------------------------------------------

SPEAKING = [
    *sorted((ROOT / "ui" / "screens").glob("*.py")),
    *sorted((ROOT / "terminal" / "paper").glob("*.py")),
    *(ROOT / "ui" / f"{name}.py" for name in ("desk", "exchanging", "facts", "notices", "words")),
    *sorted((ROOT / "backoffice" / "web").glob("*wording.py")),
    ROOT / "backoffice" / "web" / "menu.py",
]
TEMPLATES = sorted((ROOT / "backoffice" / "web" / "templates").glob("*.html"))
# Two words, or one that begins a sentence: keys of tables and names of verbs are neither.
SENTENCE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}|^[A-Z][a-z]{2,}")
TRANSLATES = {"_", "translate", "ntranslate", "ngettext", "gettext_noop"}
LOGS = {"_log", "_LOG"}
# Caps of keys, a command to type, the program's name, and languages that name themselves.
SAME_IN_ALL = {"Enter", "Esc", "Backspace", "kasoterminal enrol CODE", "KasoTerminal "}
SAME_IN_ALL |= {"kasoterminal console"}
SAME_IN_ALL |= {"Polski", "English", "Français", "Castellano", "Abc abc ABC 123"}


def untranslated(source: str) -> list[str]:
    """Literal sentences that no translator sees, with their lines."""
    tree = ast.parse(source)
    over = {below: above for above in ast.walk(tree) for below in ast.iter_child_nodes(above)}

    def is_for_people(node: ast.AST) -> bool:
        while node in over:
            node = over[node]
            match node:
                case ast.Call(func=ast.Name(id=name)) if name in TRANSLATES:
                    return False
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name))) if name in LOGS:
                    return False
                # For programmers: what is raised, asserted, or documents something.
                case ast.Raise() | ast.Assert() | ast.Assign(targets=[ast.Name(id="msg")]):
                    return False
                case ast.Expr(value=ast.Constant()):
                    return False
        return True

    return [
        f"{node.lineno}: {node.value}"
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and SENTENCE.search(node.value)
        and node.value not in SAME_IN_ALL
        and is_for_people(node)
    ]


@pytest.mark.parametrize("module", SPEAKING, ids=lambda path: path.stem)
def test_nothing_is_shown_untranslated(module: Path) -> None:
    assert not untranslated(module.read_text(encoding="utf-8"))


def test_a_sentence_without_a_translation_is_found() -> None:
    source = '''
"""Says nothing. No text here."""
def body(width):
    """Two words."""
    _log.warning("not for people")
    msg = "for programmers only"
    say(translate("Good morning"))
    return [row(width, ("Hello", "bold")), f"{width} is very wide", "a_key", TABLE["no sale"]]
'''
    assert set(untranslated(source)) == {"8: Hello", "8:  is very wide", "8: no sale"}


# --- the office's templates -----------------------------------------------------------------------

READ_ALOUD = ("aria-label", "title", "placeholder", "alt", "data-name")
OF_JINJA = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# What has the same name in every language.
NAMES = {"Kaso", "CSV", "XLSX", "PDF", "PIN", "zł"}


class Bare(HTMLParser):
    """The words of a template that no translator sees."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(OF_JINJA.sub(" ", source))

    def handle_starttag(self, tag, attrs) -> None:
        for name, value in attrs:
            if name in READ_ALOUD and value:
                self.handle_data(value)

    def handle_data(self, data: str) -> None:
        self.words += [word for word in WORD.findall(data) if word not in NAMES]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_says_a_word_untranslated(template: Path) -> None:
    assert not Bare(template.read_text(encoding="utf-8")).words


def test_a_word_without_a_translation_is_found() -> None:
    source = """{# a note #}{% if x %}<p class="all" title="Total {{ _("Sum") }}">
    {{ _("Good") }} day</p>"""
    assert Bare(source).words == ["Total", "day"]
