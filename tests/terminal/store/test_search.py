from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from terminal.store.catalogue import Catalogue, apply
from terminal.store.db import close_writer, open_reader, open_writer
from terminal.store.folding import fold, key_code
from terminal.store.search import search
from terminal.sync.wire import Product

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path

NAMES = (
    "Mleko UHT 3,2%",
    "Mleko Łaciate 2%",
    "Chleb żytni",
    "Kasza jaglana",
    "Ser żółty Gouda",
    "Serek homogenizowany",
    "Żurek śląski",
    "Coca-Cola 0,5l",
    "Cukier 1kg",
    "Deser mleczny",
    "Torba",
)
MANY = 1200


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    yield from shop(tmp_path_factory.mktemp("few"), NAMES)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    names = [f"Towar {number:04d}" for number in range(MANY)]
    random.Random(7).shuffle(names)
    yield from shop(tmp_path_factory.mktemp("many"), names)


def shop(folder: Path, names: list[str] | tuple[str, ...]) -> Iterator[sqlite3.Connection]:
    writer = open_writer(folder / "catalogue.db", "catalogue")
    apply(writer, "products", 1, [Product(name, name, "A", 100, "szt") for name in names])
    reader = open_reader(folder / "catalogue.db")
    yield reader
    reader.close()
    close_writer(writer)


def names(db: sqlite3.Connection, text: str, **how: object) -> list[str]:
    return [article.name for article in search(Catalogue(db), text, **{"by_keys": False, **how})]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("mleko", ["Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("MLEKO", ["Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("laciate", ["Mleko Łaciate 2%"]),
        ("ŁACI", ["Mleko Łaciate 2%"]),
        ("zol", ["Ser żółty Gouda"]),
        ("ŻÓŁ", ["Ser żółty Gouda"]),
        ("gla", ["Kasza jaglana"]),
        # Word beginnings stand before fragments inside a word.
        ("ser", ["Ser żółty Gouda", "Serek homogenizowany", "Deser mleczny"]),
        ("rek", ["Serek homogenizowany", "Żurek śląski"]),
        # Below three letters only beginnings of words count.
        ("sl", ["Żurek śląski"]),
        ("se", ["Ser żółty Gouda", "Serek homogenizowany"]),
        ("ek", []),
        ("j", ["Kasza jaglana"]),
        ("ż", ["Chleb żytni", "Ser żółty Gouda", "Żurek śląski"]),
        # Each word is a piece of its own, in any order.
        ("mleko 2", ["Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("2 mle", ["Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("mleko 3,2", ["Mleko UHT 3,2%"]),
        ("gouda ser", ["Ser żółty Gouda"]),
        ("coca-cola", ["Coca-Cola 0,5l"]),
        ("coca cola", ["Coca-Cola 0,5l"]),
        ("  torba ", ["Torba"]),
        ("torbaa", []),
        ("mlekouht", []),
    ],
)
def test_by_letters(db: sqlite3.Connection, text: str, found: list[str]) -> None:
    assert names(db, text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("65356", ["Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("5224", ["Mleko Łaciate 2%"]),
        ("737", ["Ser żółty Gouda", "Serek homogenizowany", "Deser mleczny"]),
        # Two keys: any place in a name, its end as well.
        ("53", ["Chleb żytni", "Deser mleczny", "Mleko Łaciate 2%", "Mleko UHT 3,2%"]),
        ("22", ["Coca-Cola 0,5l", "Mleko Łaciate 2%", "Torba"]),
        ("54", ["Cukier 1kg", "Żurek śląski"]),
        # 0 is the gap between words, and itself.
        ("6530", []),
        ("560848", ["Mleko UHT 3,2%"]),
        ("26520005", ["Coca-Cola 0,5l"]),
        ("65356084803020", ["Mleko UHT 3,2%"]),
        ("5", []),
        ("0", []),
        ("", []),
        ("99999", []),
        ("6535666", []),
    ],
)
def test_by_keys(db: sqlite3.Connection, text: str, found: list[str]) -> None:
    assert names(db, text, by_keys=True) == found


@pytest.mark.parametrize("name", NAMES)
def test_every_name_is_found_both_ways(db: sqlite3.Connection, name: str) -> None:
    assert name in names(db, name)
    assert name in names(db, key_code(fold(name)), by_keys=True)


def test_what_sold_most_comes_first(db: sqlite3.Connection) -> None:
    sold = {"Deser mleczny": 9, "Serek homogenizowany": 2, "Torba": 99}
    best_first = ["Deser mleczny", "Serek homogenizowany", "Ser żółty Gouda"]
    assert names(db, "ser", sold=sold) == best_first
    assert names(db, "737", by_keys=True, sold=sold) == best_first
    assert names(db, "ser", sold=sold, limit=1) == ["Deser mleczny"]
    assert names(db, "ser", sold={}) == names(db, "ser")


def test_a_crowd_of_matches_gives_one_page(crowded: sqlite3.Connection) -> None:
    page = names(crowded, "towar")
    assert len(page) == 200
    assert page == sorted(page)
    assert len(names(crowded, "tow", limit=50)) == 50
    assert names(crowded, "towar 0777") == ["Towar 0777"]


@pytest.mark.parametrize(("text", "by_keys"), [("towar", False), ("to", False), ("86927", True)])
def test_best_sellers_are_found_beyond_the_crowd(
    crowded: sqlite3.Connection, text: str, by_keys: bool
) -> None:
    sold = {f"Towar {number:04d}": number for number in range(MANY - 30, MANY)}
    sold["Nigdy"] = 10_000
    page = names(crowded, text, by_keys=by_keys, sold=sold)
    assert page[:30] == [f"Towar {number:04d}" for number in reversed(range(MANY - 30, MANY))]
    assert len(page) == len(set(page)) == 200


def test_a_best_seller_must_still_match(crowded: sqlite3.Connection) -> None:
    sold = {"Towar 0001": 5, "Towar 0777": 3}
    assert names(crowded, "towar 07", sold=sold)[0] == "Towar 0777"
    assert "Towar 0001" not in names(crowded, "towar 07", sold=sold)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        '"',
        "'",
        '"mleko',
        'mleko" OR "chleb',
        "%",
        "*",
        "mle*",
        "%mleko%",
        "letters : torba",
        "-mleko",
        "NEAR(mleko uht)",
        "mleko AND",
        "(((",
        "^mleko",
        "\x00",
        "mle\x00ko",
        "\ud800",
        "a" * 200,
        "mleko " * 40,
        "a b c d e f g h i",
        "'; DROP TABLE product; --",
        "漢字漢字",
        "🧀🧀🧀",
    ],
)
@pytest.mark.parametrize("by_keys", [False, True])
def test_hostile_text_is_only_text(db: sqlite3.Connection, text: str, by_keys: bool) -> None:
    words = [fold(word) for word in text.split()]
    for name in names(db, text, by_keys=by_keys):
        assert by_keys or all(word in fold(name) for word in words)
    assert names(db, "torba") == ["Torba"]


@pytest.mark.parametrize("text", ["mleko " * 11, "a b c d e f g h i", "?" * 60, ""])
def test_what_no_name_can_hold_is_not_even_asked(db: sqlite3.Connection, text: str) -> None:
    seen: list[str] = []
    db.set_trace_callback(seen.append)
    try:
        assert names(db, text) == []
    finally:
        db.set_trace_callback(None)
    assert seen == []


def test_signs_of_the_index_language_mean_nothing(db: sqlite3.Connection) -> None:
    assert names(db, "mle*") == names(db, "mle")
    assert names(db, '"mleko"') == names(db, "mleko")
    assert names(db, "mleko OR torba") == []
    assert names(db, "%") == names(db, "*") == names(db, "'") == []


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NAMES), st.integers(0, 20), st.integers(2, 20))
def test_any_fragment_finds_its_name(
    db: sqlite3.Connection, name: str, start: int, length: int
) -> None:
    fragment = fold(name)[start : start + length].strip()
    keys = key_code(fragment)
    if len(keys) >= 2:
        assert name in names(db, keys, by_keys=True)
    if all(len(word) >= 3 for word in fragment.split()) and fragment:
        assert name in names(db, fragment)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(), st.booleans())
def test_no_text_breaks_the_search(db: sqlite3.Connection, text: str, by_keys: bool) -> None:
    for name in names(db, text, by_keys=by_keys):
        code = key_code(fold(text))
        assert code in f"0{key_code(fold(name))}0" or not by_keys
