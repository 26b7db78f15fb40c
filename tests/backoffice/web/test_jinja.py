from __future__ import annotations

import pytest
from jinja2 import UndefinedError
from markupsafe import Markup

from backoffice.web.i18n import speaking
from backoffice.web.jinja import environment


def drawn(source, **context):
    return environment().from_string(source).render(csrf_token=lambda: "t0", **context)


FIELD = '{% from "forms.html" import field, hidden_token with context %}'


def test_a_field_keeps_what_was_typed_and_says_what_is_wrong():
    text = drawn(
        FIELD + '{{ field("price", "Price", typed, error="Too <much>", kind="money") }}',
        typed='12,"x',
    )
    assert 'value="12,&#34;x"' in text
    assert 'aria-invalid="true"' in text
    assert 'aria-describedby="error-price"' in text
    assert '<p class="error" id="error-price">Too &lt;much&gt;</p>' in text
    assert 'inputmode="decimal"' in text


def test_a_field_names_its_help_before_its_error_and_takes_other_attributes():
    source = '{{ field("pin", "PIN", "1234", kind="password", help="h", error="e", maxlength=8) }}'
    text = drawn(FIELD + source)
    assert 'aria-describedby="help-pin error-pin"' in text
    assert 'maxlength="8"' in text
    assert "1234" not in text


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("text", '<input value="3"'),
        ("date", '<input type="date" value="3"'),
        ("number", '<input type="number" value="3"'),
        ("area", ">3</textarea>"),
        ("choice", '<option value="3" selected>three</option>'),
        ("checkbox", '<input type="checkbox" value="yes" checked'),
        ("percent", '<span aria-hidden="true">%</span>'),
    ],
)
def test_kinds_of_fields(kind, wanted):
    source = '{{ field("f", "F", 3, kind=kind, choices=choices, required=true) }}'
    text = drawn(FIELD + source, kind=kind, choices=[(2, "two"), (3, "three")])
    assert wanted in text
    assert ' name="f" required="required" id="f"' in text
    assert '<label for="f">F</label>' in text


def test_a_form_carries_its_token():
    assert 'name="_csrf_token" value="t0"' in drawn(FIELD + "{{ hidden_token() }}")


PARTS = '{% from "parts.html" import table, pager, empty, shop_picker, reach %}'


def test_a_pager_keeps_the_filters():
    text = drawn(PARTS + '{{ pager("/goods", 7, 3, search="a&b", shop="x") }}')
    assert 'href="/goods?search=a%26b&amp;shop=x"' in text
    assert 'href="/goods?search=a%26b&amp;shop=x&amp;before=7"' in text
    assert drawn(PARTS + '{{ pager("/goods", 0, 0) }}').strip() == ""


def test_a_table_has_headings_with_their_classes():
    source = '{% call table(["No.", ("Sum", "sum")], "All") %}<tbody></tbody>{% endcall %}'
    text = drawn(PARTS + source)
    assert '<th scope="col">No.</th>' in text
    assert '<th scope="col" class="sum">Sum</th>' in text
    assert "<caption>All</caption>" in text


def test_a_shop_is_picked_only_where_there_are_several():
    source = PARTS + "{{ shop_picker(shops, 'b', search='x') }}"
    assert drawn(source, shops={"b": "B"}).strip() == ""
    text = drawn(source, shops={"a": "A", "b": "B"})
    assert '<option value="b" selected>B</option>' in text
    assert '<input type="hidden" name="search" value="x">' in text


@pytest.mark.parametrize(
    ("have", "said"),
    [
        ([], ""),
        ([True], "The till has it."),
        ([True, True], "All 2 tills have it."),
        ([True, False, True], "2 of 3 tills have it; not yet: T2"),
        ([False], "0 of 1 tills have it; not yet: T1"),
    ],
)
def test_which_tills_have_it(have, said):
    tills = [{"terminal": f"T{number}", "has_it": it} for number, it in enumerate(have, 1)]
    with speaking("en"):
        assert said in drawn(PARTS + "{{ reach(tills) | striptags }}", tills=tills)


def test_a_misspelt_name_is_an_error():
    with pytest.raises(UndefinedError):
        drawn("{{ mispelt }}")


def test_texts_are_escaped_and_markup_in_their_places_is_kept():
    source = '{{ _("There is no such page") }} {{ _("Code {code}.", code=code) }}'
    with speaking("en"):
        assert drawn(source, code="<b>") == "There is no such page Code &lt;b&gt;."
        assert drawn(source, code=Markup("<b>1</b>")).endswith("Code <b>1</b>.")
