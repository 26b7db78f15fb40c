"""The macros of ``plot.html``: what they draw is in proportion, and readable without eyes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from backoffice.web.i18n import speaking
from backoffice.web.jinja import environment

POINTS = [("pon & wt", 100), ('"śr"', 50), ("<czw>", 0), ("pt", -5)]


def drawn(macro, points, *more):
    module = environment().get_template("plot.html").module
    with speaking("pl"):
        text = str(getattr(module, macro)(points, "Sprzedaż", "money", *more))
    assert "style=" not in text
    return ET.fromstring(text)  # noqa: S314 (our own)


def heights(svg, name):
    return [float(it.get("height")) for it in svg.iter("rect") if it.get("class") == name]


def test_bars_are_as_high_as_their_values():
    svg = drawn("bars", POINTS)
    assert heights(svg, "bar") == [150, 75, 0, 0]
    assert heights(drawn("bars", POINTS, [200, 0, 0, 0]), "bar") == [75, 37.5, 0, 0]
    assert heights(drawn("bars", POINTS, [200, 0, 0, 0]), "before") == [150, 0, 0, 0]


@pytest.mark.parametrize("macro", ["bars", "line", "ranks"])
def test_a_plot_says_what_it_shows(macro):
    svg = drawn(macro, POINTS)
    named = {it.get("id"): it.text for it in svg if it.get("id")}
    title, told = (named[it] for it in svg.get("aria-labelledby").split())
    assert (svg.get("role"), title) == ("img", "Sprzedaż")
    assert told == "Najwięcej: pon & wt, 1,00\u00a0zł"


def test_a_line_goes_through_its_points_and_has_the_earlier_one_beside():
    lines = [
        it.get("points").split() for it in drawn("line", POINTS, [50, 100, 0, 0]).iter("polyline")
    ]
    assert lines[1][0] == "60.0,20.0"
    assert lines[0][1] == "180.0,20.0"


def test_nothing_is_drawn_of_nothing_and_zeros_lie_flat():
    module = environment().get_template("plot.html").module
    assert not str(module.bars([], "x")).strip()
    assert heights(drawn("bars", [("a", 0)]), "bar") == [0]


def test_beside_the_plot_stands_its_table():
    module = environment().get_template("plot.html").module
    with speaking("pl"):
        text = str(module.plotted(POINTS, "Sprzedaż", "money", "Dzień"))
    assert re.findall(r'<td class="sum">(.*?)</td>', text)[0] == "1,00\u00a0zł"
    assert "Liczby w tabeli" in text


def test_many_labels_thin_out():
    many = [(str(number), number) for number in range(31)]
    labels = [it for it in drawn("bars", many).iter("text") if "middle" in it.get("class")]
    assert len(labels) == 8
