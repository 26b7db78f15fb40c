from __future__ import annotations

import pytest

from backoffice.differences import FIELDS_MAX, Difference, differences


def test_only_what_differs_and_in_its_order():
    was = '{"name":"Mleko","price_gr":399,"is_active":true,"vat":"C"}'
    now = '{"name":"Mleko 1 l","price_gr":399,"is_active":false,"min_age":18}'
    assert differences(was, now) == [
        Difference("name", "Mleko", "Mleko 1 l"),
        Difference("is_active", "true", "false"),
        Difference("vat", "C", None),
        Difference("min_age", None, "18"),
    ]


def test_what_was_made_and_what_was_removed():
    assert differences("", '{"id":"kg"}') == [Difference("id", None, "kg")]
    assert differences('{"id":"kg"}', "") == [Difference("id", "kg", None)]
    assert differences("", "") == differences('{"id":1}', '{"id":1}') == []


def test_what_lies_within_is_named_by_its_way():
    was = '{"codes":["1","2"],"lines":[{"vat":"A"},{"vat":"B"}],"deep":{"er":{"x":1}},"no":[]}'
    now = '{"codes":["1","3"],"lines":[{"vat":"A"},{"vat":"C"}],"deep":{"er":{"x":2}},"no":[]}'
    assert differences(was, now) == [
        Difference("codes", "1, 2", "1, 3"),
        Difference("lines.1.vat", "B", "C"),
        Difference("deep.er.x", "1", "2"),
    ]


@pytest.mark.parametrize("text", ["no json", "{", '"word"', "7", "[1,2]"])
def test_whatever_stands_there_is_said_somehow(text):
    (one,) = differences("", text)
    assert one.field == ""
    assert one.after


def test_a_thousand_fields_are_not_all_shown():
    many = "{" + ",".join(f'"f{it}":1' for it in range(1000)) + "}"
    assert len(differences("", many)) == FIELDS_MAX
