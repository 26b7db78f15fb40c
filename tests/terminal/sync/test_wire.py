from __future__ import annotations

import hashlib
from typing import Any

import msgspec
import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from terminal.sync import wire

KINDS = (
    wire.ReceiptDoc,
    wire.DroppedDoc,
    wire.BillDoc,
    wire.ReportDoc,
    wire.CashDoc,
    wire.CustomerDoc,
    wire.EventDoc,
    wire.ShiftDoc,
    wire.PrintedReportDoc,
    wire.ReturnDoc,
    wire.CorrectionDoc,
    wire.DayHeadDoc,
    wire.CustomerEditDoc,
    wire.SalesDoc,
    wire.SalesStateDoc,
    wire.VisitDoc,
    wire.AttachmentDoc,
)
# What RFC 8785 allows as an exact integer.
NUMBERS = st.integers(-(2**53) + 1, 2**53 - 1)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
ASCII_KEYS = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=12)
DETAILS = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(ASCII_KEYS, inner, max_size=3),
    max_leaves=6,
)


PLAIN: dict[object, st.SearchStrategy[Any]] = {
    bool: st.booleans(),
    int: NUMBERS,
    int | None: st.none() | NUMBERS,
    str: TEXTS,
    list[int]: st.lists(NUMBERS, max_size=7),
    dict[str, Any]: st.dictionaries(ASCII_KEYS, DETAILS, max_size=4),
}


def structs(kind: type[msgspec.Struct]) -> st.SearchStrategy[Any]:
    hints = msgspec.structs.fields(kind)
    return st.builds(kind, **{one.encode_name: values(one.type) for one in hints})


def values(hint: Any) -> st.SearchStrategy[Any]:
    if hint in PLAIN:
        return PLAIN[hint]
    if getattr(hint, "__origin__", None) is list:
        return st.lists(values(hint.__args__[0]), max_size=2)
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return structs(hint)
    return st.sampled_from(hint.__args__)


PLAIN[wire.SalesLine] = st.builds(
    wire.SalesLine,
    **dict.fromkeys(("product", "name", "unit", "plu", "barcode"), TEXTS),
    vat=st.sampled_from("ABCDEFG"),
    qty_milli=st.integers(1, 999_999_999),
    price_gr=st.integers(0, 9_999_999_999),
    gross_gr=st.integers(0, 9_999_999_999),
    percent_bp=st.integers(0, 9_999),
    precision=st.integers(0, 3),
)
for kind_or_none in (wire.CounterDoc, wire.RunningTotal):
    PLAIN[kind_or_none | None] = st.none() | structs(kind_or_none)
DOCUMENTS = st.one_of([structs(kind) for kind in KINDS])


@given(DOCUMENTS)
@settings(max_examples=200, deadline=None)
def test_canonical_is_rfc_8785(document: wire.Document) -> None:
    plain = msgspec.to_builtins(document)
    assert wire.canonical(document).encode() == rfc8785.dumps(plain)


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_every_kind_comes_back_from_its_canonical_form(document: wire.Document) -> None:
    assert msgspec.json.decode(wire.canonical(document), type=wire.Document) == document


def test_strategies_cover_every_kind() -> None:
    assert set(KINDS) == set(wire.Document.__args__)


def test_chain_hash_is_this_number() -> None:
    body = '{"kind":"cash","rid":"r1"}'
    first = wire.chain_hash(wire.GENESIS, body)
    assert first == hashlib.sha256(b"kaso-j1" + bytes(32) + body.encode()).hexdigest()
    assert first == "02c86d389d31c0222a835794367fa39c3945828ca0e4728cb75b5989a440505f"
    assert wire.chain_hash(first, body) != first


def test_chain_hash_depends_on_each_byte_of_the_body() -> None:
    assert wire.chain_hash(wire.GENESIS, "zażółć") != wire.chain_hash(wire.GENESIS, "zazolc")


@pytest.mark.parametrize("kind", KINDS)
def test_unknown_fields_of_a_newer_office_are_ignored(kind: type[msgspec.Struct]) -> None:
    document = _plain(kind)
    newer = {**msgspec.to_builtins(document), "invented_later": {"deep": [1]}}
    assert msgspec.convert(newer, wire.Document) == document


def _plain(kind: type[msgspec.Struct]) -> msgspec.Struct:
    plain = {str: "x", int: 1, bool: True, wire.RefundDoc: wire.RefundDoc("m", "x", "cash", 1)}
    words = {"route": "terminal", "report": "monthly", "entry": "return", "type": "ZS"}
    words |= {"state": "cancelled", "about": "customer", "sort": "note"}
    filled = {
        one.name: plain.get(one.type, words.get(one.name, []))
        for one in msgspec.structs.fields(kind)
        if one.required
    }
    return kind(**filled)


@pytest.mark.parametrize("kind", KINDS)
def test_a_document_says_its_kind(kind: type[msgspec.Struct]) -> None:
    assert msgspec.to_builtins(_plain(kind))["kind"] == kind.__struct_config__.tag


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("products", {"id": "1", "name": "Chleb", "vat": "H", "price_gr": 1, "unit": "szt"}),
        ("products", {"id": "1", "name": "Chleb", "vat": "A", "price_gr": -1, "unit": "szt"}),
        ("products", {"id": "1", "name": "x" * 41, "vat": "A", "price_gr": 1, "unit": "szt"}),
        ("units", {"id": "1", "name": "m2"}),
        ("vat_rates", {"id": "A", "rate_bp": 10_101}),
        ("settings", {"id": "settings", "close_at": "24:00"}),
        ("shop", {"id": "1", "company": "Sklep", "nip": "123"}),
        ("users", {"id": "1", "identifier": "abc", "name": "Ala", "role": "r"}),
        ("payment_methods", {"id": "1", "name": "Gotówka", "kind": "gold"}),
        ("payment_methods", {"id": "1", "name": "Bon", "kind": "bon", "position": 2**63}),
        ("currencies", {"id": "eur", "name": "Euro", "rate_e4": 42650}),
        ("currencies", {"id": "EUR", "name": "Euro", "rate_e4": 0}),
        ("barcodes", {"id": "12345", "product": "1"}),
        ("barcodes", {"id": "5901234123457", "product": "1", "qty_milli": 0}),
        ("price_lists", {"id": "1", "name": "Lato", "valid_from": "1.6.2026"}),
        ("prices", {"id": "1", "price_list": "1", "product": "1", "price_gr": 0}),
        ("discounts", {"id": "1", "name": "Rabat", "scope": "line", "percent_bp": 10_000}),
        ("discounts", {"id": "1", "name": "Rabat", "scope": "day", "amount_gr": 1}),
        ("quick_keys", {"id": "1", "position": 100, "product": "1"}),
        (
            "products",
            {"id": "1", "name": "Piwo", "vat": "A", "price_gr": 1, "unit": "u", "min_age": 100},
        ),
        ("settings", {"id": "settings", "void_reasons": [""]}),
        ("customers", {"id": "1", "name": "Kawiarnia", "nip": "526-10-01-001"}),
        ("stock", {"id": "1", "qty_milli": 2**63, "as_of": "2026-11-25T20:00:00+01:00"}),
    ],
)
def test_rows_outside_their_limits_are_refused(name: str, row: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(row, wire.SETS[name])


def test_a_page_leaves_its_rows_undecoded() -> None:
    text = b'{"name":"units","since":0,"to":2,"more":false,"rows":[{"id":"a"},{"id":7}],"x":1}'
    page = msgspec.json.decode(text, type=wire.SetPage)
    assert [bytes(row) for row in page.rows] == [b'{"id":"a"}', b'{"id":7}']


MORNING = "2026-11-25T08:00:00+01:00"


@pytest.mark.parametrize(
    "row",
    [
        wire.Currency("EUR", "Euro", 42_650),
        wire.Currency("EUR", "Euro", 42_650, rate_of="2026-11-25"),
        wire.PaymentMethod("p", "Przelew", "transfer", account_no="61109010140000071219812874"),
        wire.PaymentMethod("b", "Bon", "bon", gives_change=True),
        wire.Customer("1", "Kawiarnia", "5261001001"),
        wire.Customer("1", "Kawiarnia"),
        wire.Discount("1", "Rabat", "line", amount_gr=100),
        wire.Discount("1", "Rabat", "receipt", percent_bp=500, valid_to="2026-12-31"),
        wire.PriceList("1", "Lato", "2026-06-01", "2026-06-01"),
        wire.PriceList("1", "Zawsze"),
        wire.Stock("1", -2000, MORNING),
        wire.Settings("settings", parking_names=["Stolik 1", "Stolik 2"]),
    ],
)
def test_records_that_break_no_rule(row: msgspec.Struct) -> None:
    assert wire.wrong_field(row) == ("", "")


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (wire.Currency("EUO", "Euro", 42_650), "id"),
        (wire.Currency("EUR", "Euro", 42_650, rate_of="2026-02-29"), "rate_of"),
        (
            wire.PaymentMethod("p", "Przelew", "transfer", account_no="61109010140000071219812875"),
            "account_no",
        ),
        (wire.PaymentMethod("k", "Karta", "card", gives_change=True), "gives_change"),
        (
            wire.PaymentMethod("k", "Karta", "card", is_fiscal=False, uses_terminal=True),
            "uses_terminal",
        ),
        (wire.Customer("1", "Kawiarnia", "5261001002"), "nip"),
        (wire.Discount("1", "Rabat", "line"), "percent_bp"),
        (wire.Discount("1", "Rabat", "line", 100, 500), "percent_bp"),
        (wire.Discount("1", "Rabat", "line", 100, valid_from="2026-02-29"), "valid_from"),
        (wire.PriceList("1", "Lato", "", "2026-06-31"), "valid_to"),
        (wire.PriceList("1", "Lato", "2026-06-02", "2026-06-01"), "valid_to"),
        (wire.Stock("1", 1, "2026-11-25T08:00:00"), "as_of"),
        (wire.Stock("1", 1, "yesterday"), "as_of"),
        (wire.Settings("settings", parking_names=["Stolik", "Stolik"]), "parking_names"),
        (wire.Settings("settings", parking_names=["Stolik "]), "parking_names"),
    ],
)
def test_a_broken_rule_names_its_field(row: msgspec.Struct, field: str) -> None:
    found, reason = wire.wrong_field(row)
    assert found == field
    assert reason


def test_the_digest_of_rows_is_what_the_page_says() -> None:
    rows = {"a": '{"id":"a"}', "b": "ź"}
    numbers = [
        int(hashlib.sha256(f"{one}\0{body}".encode()).hexdigest(), 16) for one, body in rows.items()
    ]
    assert [wire.row_number(*row) for row in rows.items()] == numbers
    both = wire.turned(wire.turned(wire.EMPTY, numbers[0]), numbers[1])
    assert both == f"{numbers[0] ^ numbers[1]:064x}"
    assert wire.turned(both, numbers[0] ^ numbers[1]) == wire.EMPTY


@given(st.lists(st.tuples(TEXTS, TEXTS), unique=True, max_size=5))
def test_neither_order_nor_way_changes_the_digest(rows: list[tuple[str, str]]) -> None:
    there, back = wire.EMPTY, wire.EMPTY
    for row in rows:
        there = wire.turned(there, wire.row_number(*row))
    for row in reversed(rows):
        back = wire.turned(back, wire.row_number(*row))
    assert there == back
    assert len(there) == 64


@given(st.uuids(version=4))
def test_the_code_of_a_receipt_leads_back_to_it(ident) -> None:
    code = wire.code_of(str(ident))
    assert len(code) == 20
    assert code.startswith("980")
    assert code.isdigit()
    assert str(ident).startswith(wire.rid_start(code))


@given(st.uuids(version=4), st.integers(0, 19), st.integers(1, 9))
def test_one_wrong_digit_is_no_code(ident, place, more) -> None:
    code = wire.code_of(str(ident))
    wrong = str((int(code[place]) + more) % 10)
    assert wire.rid_start(code[:place] + wrong + code[place + 1 :]) == ""


@pytest.mark.parametrize(
    "text", ["", "5901234123457", "980", "x" * 20, "98099999999999999995", "²" * 20]
)
def test_what_is_no_code_of_a_receipt(text: str) -> None:
    assert wire.rid_start(text) == ""


def test_a_rid_that_is_no_uuid_has_no_code() -> None:
    assert wire.code_of("r1") == ""
    assert wire.code_of("not-a-uuid-at-all") == ""


@given(DOCUMENTS)
@settings(max_examples=100, deadline=None)
def test_what_lies_apart_makes_a_document_whole_again(document: wire.Document) -> None:
    bare, told = wire.apart(document, "ab" * 16)
    assert wire.told_of(bare) == {}
    assert (told == "") == (wire.told_of(document) == {})
    if told:
        assert wire.whole(bare, told) == msgspec.structs.replace(document, person=wire.digest(told))
        assert wire.is_erased(bare)
        other, _ = wire.apart(document, "cd" * 16)
        assert other.person != bare.person


def test_what_is_signed_is_the_document_without_its_signature() -> None:
    seal = wire.Seal("T1", 1, 2, "ab" * 32, "2026-11-30T10:00:00Z", "cd" * 32, "ef" * 64)
    assert wire.signed_text(wire.SEAL_MARK, seal) == (
        b'kaso-s1{"epoch":1,"hash":"' + b"ab" * 32 + b'","office_key":"' + b"cd" * 32 + b'",'
        b'"received_at":"2026-11-30T10:00:00Z","seq":2,"signature":"","terminal":"T1"}'
    )
