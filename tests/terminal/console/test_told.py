from __future__ import annotations

from terminal.console.told import Fact, facts, sentence, table


def test_a_fact_is_a_line_for_people_and_a_value_for_programs():
    told = facts(
        Fact("unsent", "Not sent to the back office", 3),
        Fact("is_open", "Document open", False),
        Fact("at", "Last contact", None),
        Fact("gram", "Weight", 1500, "1.500"),
    )
    assert told.data == {"unsent": 3, "is_open": False, "at": None, "gram": 1500}
    assert [line.split()[-1] for line in told.lines] == ["3", "no", "-", "1.500"]


def test_a_table_has_a_line_and_an_object_for_each_row():
    told = table(("name", "count"), [("a", 1), ("long name", None)])
    assert told.lines == ("a          1", "long name  -")
    assert told.data == [{"name": "a", "count": 1}, {"name": "long name", "count": None}]
    assert table(("name",), []).data == []


def test_a_sentence_is_data_too():
    assert sentence("Done", sent=2).data == {"said": "Done", "sent": 2}
