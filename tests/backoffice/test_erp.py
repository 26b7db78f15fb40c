"""What other programs may write into their files: hostile, broken, huge."""

from __future__ import annotations

import io
import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.erp import csv_records, json_records, xml_records
from backoffice.erp.connector import Record
from backoffice.erp.forms import form_of
from backoffice.erp.text import RECORD_BYTES_MAX
from backoffice.rows import read_row
from terminal.sync import wire

FORMS = {name: form_of(name, {}, "comma", name) for name in ("products", "sales_documents")}
HEAD = "id;name;vat;price_gr;unit\n"


def read(kind, data, name="products"):
    file = io.BytesIO(data.encode() if isinstance(data, str) else data)
    if kind == "csv":
        found = csv_records.read(file, FORMS[name])
    else:
        found = json_records.read(file) if kind == "json" else xml_records.read(file)
    made = []
    for raw in found:
        if raw.fault:
            made.append(Record(name, "", {}, raw.place, raw.fault))
            continue
        it = FORMS[name].incoming(raw.fields)
        made.append(Record(name, it.id, it.body, raw.place, it.fault, it.is_removed))
    return made


@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
@given(data=st.binary(max_size=400))
def test_no_bytes_make_a_reader_fail(kind, data):
    for record in read(kind, data):
        assert record.fault or record.id


PIECES = st.sampled_from(
    ["id", ";", "\n", '"', "'", "=1", "\0", "ż", "{", "}", "[", "]", ",", ":", "1e9999", "<a>",
     "</a>", "<id>1</id>", "null", '"id"', '"a"', "lines.product", "1,23", "\ud800", "<!--", "&x;"]
)  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
@pytest.mark.parametrize("name", ["products", "sales_documents"])
@given(pieces=st.lists(PIECES, max_size=40))
def test_no_pieces_of_their_grammar_make_a_reader_fail(kind, name, pieces):
    for record in read(kind, "".join(pieces).encode(errors="surrogatepass"), name):
        assert record.fault or record.id
        if not record.fault and not record.is_removed:
            read_row(name, dict(record.body))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(values=st.dictionaries(st.sampled_from(wire.SalesDocument.__struct_fields__), JSON))
def test_no_value_makes_a_form_fail(values):
    made = FORMS["sales_documents"].incoming(values)
    assert made.fault or made.id
    json.dumps(made.body)


@given(text=st.text(max_size=20) | st.text("'=+-@\t\na", max_size=5))
def test_the_guard_gives_back_what_it_was_given(text):
    cell = csv_records.guarded(text)
    assert csv_records.unguarded(cell) == text
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_windows_files_are_read_like_those_in_utf8():
    text = HEAD + "a;Żółty ser;C;4,99;szt.\n"
    for data in (text.encode(), text.encode("utf-8-sig"), text.encode("cp1250")):
        (record,) = read("csv", data.replace(b"\n", b"\r\n"))
        assert (record.body["name"], record.body["price_gr"]) == ("Żółty ser", 499)
    (fault,) = read("csv", text.encode("utf-16"))
    assert "UTF-16" in fault.fault


def test_a_byte_that_stands_for_nothing_spoils_its_record_only():
    made = read("csv", HEAD.encode() + b"a;Ser \x81;C;1;szt.\nb;Sok;C;1;szt.\n")
    assert "cannot be read" in made[0].fault
    assert made[1].id == "b"
    assert not made[1].fault


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("a;Ser", "2 cells under 5 names"),
        ("a;Ser;C;1,234;szt.", "price_gr: '1,234' has more than 2 decimals"),
        ("a;Ser;C;tanio;szt.", "price_gr: 'tanio' is not a number"),
        (";Ser;C;1;szt.", "id: an id has 1 to 64 letters"),
        ("a;S\0er;C;1;szt.", "U+0000"),
        ('a;"Ser"x;C;1;szt.', "no line of a CSV file"),
    ],
)
def test_a_bad_line_says_why_and_the_next_is_read(line, told):
    bad, good = read("csv", f"{HEAD}{line}\nb;Sok;C;1;szt.\n")
    assert told in bad.fault
    assert [bad.where, good.where] == ["line 2", "line 3"]
    assert good.id == "b"


def test_decimals_of_json_are_exact_and_those_without_end_are_refused():
    made = read("json", '[{"id":"a","price_gr":0.29},{"id":"b","price_gr":1e400000000}]')
    assert made[0].body["price_gr"] == 29
    assert "not a number" in made[1].fault


@pytest.mark.parametrize(
    ("text", "count", "told"),
    [
        ('[{"id":"a"},{"id":', 2, "from here on the file is no JSON"),
        ('[{"id":"a"}', 2, "ends within its list"),
        ('{"id":"a"}\n{"id":"b"}\nx', 3, "no JSON"),
        ('[{"id":"a"} {"id":"b"}]', 2, "no JSON"),
        ('[{"id":"a"}] x', 2, "no JSON"),
        ("[" * 100_000, 1, "nested too deep"),
        ('{"id":' + "[" * 20 + "]" * 20 + "}", 1, "nested too deep"),
        ('[{"id":NaN}]', 1, "no JSON"),
        ('[{"id":"a"},{"id":1e99999999999999999999}]', 2, "no JSON"),
        ("[1]", 1, "expected an object"),
    ],
)
def test_broken_json_is_one_fault_after_what_could_be_read(text, count, told):
    made = read("json", text)
    assert len(made) == count
    assert told in made[-1].fault


LAUGHS = '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><r><x><id>&b;</id></x></r>'
OUTSIDE = '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><r><x><id>&a;</id></x></r>'


@pytest.mark.parametrize(
    "text",
    [
        LAUGHS, OUTSIDE, '<!DOCTYPE r SYSTEM "http://127.0.0.1/x.dtd"><r/>',
        "<r><x><id>1</id>", "<r>" + "<x>" * 100_000, "", "<r><x>&nothing;</x></r>",
        '<?xml version="1.0" encoding="nowhere"?><r/>',
    ],
)  # fmt: skip
def test_bombs_and_broken_xml_are_one_fault(text):
    (fault,) = read("xml", text)
    assert "no XML" in fault.fault
    assert "root:" not in fault.fault


def test_xml_gives_attributes_children_lists_and_lines():
    text = (
        '<dane xmlns="urn:x"><towar id="7"><name>Ser</name><barcodes><kod>5901234123457</kod>'
        "</barcodes><price_gr>4,99</price_gr></towar></dane>"
    )
    (record,) = read("xml", text)
    assert record.body == {
        "id": "7",
        "name": "Ser",
        "barcodes": ["5901234123457"],
        "price_gr": 499,
    }


@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
def test_a_record_without_end_takes_no_memory(kind):
    begin = {"csv": HEAD + 'a;"', "json": '[{"id":"', "xml": "<r><x><id>"}[kind]
    data = begin.encode() + b"a" * (24 * RECORD_BYTES_MAX)
    tracemalloc.start()
    try:
        made = read(kind, data)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made[-1].fault
    assert peak < len(data) // 2


@pytest.mark.parametrize("kind", ["csv", "json", "xml"])
def test_many_records_are_read_one_by_one(kind):
    rows = [{"id": f"p{number}", "name": "Ser", "price_gr": "1,00"} for number in range(5_000)]
    data = {
        "csv": lambda: csv_records.written(rows, FORMS["products"]),
        "json": lambda: json_records.written(rows),
        "xml": lambda: xml_records.written(rows, "products"),
    }[kind]()
    made = read(kind, data)
    assert [it.id for it in made] == [it["id"] for it in rows]
    assert not any(it.fault for it in made)


def test_vat_letters_come_from_rates_however_they_are_spelled():
    table = {"fields": {"vat": {"from": "stawka", "values": {"23": "A", "8": "B", "zw": "E"}}}}
    form = form_of("products", table, "comma", "sets.products")
    for spelled, letter in [("23", "A"), ("23,00", "A"), ("8%", "B"), (8, "B"), ("zw", "E")]:
        assert form.incoming({"id": "a", "stawka": spelled}).body["vat"] == letter
    assert "none of the values" in form.incoming({"id": "a", "stawka": "22"}).fault
    assert form.outgoing({"id": "a", "vat": "B"})["stawka"] == "8"


def test_only_what_has_decimals_with_them_gets_decimals_from_us():
    form = form_of("sales_documents", {}, "comma", "x")
    line = {"qty_milli": -1500, "price_gr": 5, "percent_bp": 1250, "precision": 3}
    (sent,) = form.outgoing({"lines": [line]})["lines"]
    assert sent == {"qty_milli": "-1,500", "price_gr": "0,05", "percent_bp": "12,50"} | {
        "precision": 3
    }
    assert form_of("visits", {}, "point", "x").outgoing({"minutes": 45}) == {"minutes": 45}


def test_dates_are_turned_both_ways():
    table = {"fields": {"due": {"date": "%d.%m.%Y"}, "issued_at": {"date": "%d.%m.%Y %H:%M"}}}
    form = form_of("sales_documents", table, "whole", "x")
    theirs = {"id": "a", "due": "26.11.2026", "issued_at": "26.11.2026 10:15"}
    body = form.incoming(theirs).body
    assert body["due"] == "2026-11-26"
    assert body["issued_at"] == "2026-11-26T10:15:00+01:00"
    assert form.outgoing(body) == theirs
    assert "not a date" in form.incoming({"id": "a", "due": "31.02.2026"}).fault


def test_a_record_that_is_gone_needs_only_its_id():
    form = form_of("products", {"removed": "usuniety"}, "whole", "x")
    made = form.incoming({"id": "a", "usuniety": "tak", "price_gr": "x"})
    assert (made.id, made.is_removed, made.fault) == ("a", True, "")
    for told in ("może", [], ["tak"], {"tak": 1}):
        assert "neither" in form.incoming({"id": "a", "usuniety": told}).fault
