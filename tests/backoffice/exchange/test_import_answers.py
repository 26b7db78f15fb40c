from __future__ import annotations

import pytest

from backoffice.erp.connector import Answer, Outgoing, Reply
from backoffice.exchange.import_answers import fate_of, matched
from backoffice.jobs.work import Fate, NotNowError

SENT = [Outgoing("partners", row_id, row_id, {}) for row_id in ("a", "b", "c")]


def taken(row_id, their_id=""):
    return Answer(row_id, Reply.TAKEN, "", their_id)


def test_each_record_gets_its_answer_in_whatever_order():
    found = matched(SENT, [taken("c"), taken("a"), taken("b")])
    assert set(found.answers) == {"a", "b", "c"}
    assert found.unclear == {}
    assert found.said == []


def test_missing_doubled_and_strange_answers_are_said_and_stop_no_other():
    found = matched(SENT, [taken("a"), taken("a"), taken("b"), taken("b", "x"), taken("z")])
    assert found.reason("a") is None
    assert "two answers" in found.reason("b")
    assert "no answer" in found.reason("c")
    silent, twice, strange = found.said
    assert silent.endswith(": c")
    assert twice.endswith(": a, b")
    assert strange.endswith(": z")


def test_answers_of_which_none_fits_are_no_answers():
    for answers in ([], [taken("z")]):
        with pytest.raises(NotNowError, match="3 records"):
            matched(SENT, answers)


def test_an_id_that_no_column_holds_is_not_kept():
    found = matched(SENT[:1], [taken("a", "x" * 201)])
    assert "200" in found.reason("a")


def test_many_ids_are_named_by_some():
    sent = [Outgoing("partners", f"k{no}", "", {}) for no in range(9)]
    (said,) = matched(sent, [taken("k0")]).said
    assert said.endswith("k1, k2, k3, k4, k5 and 3 more")


def test_reasons_of_another_program_are_text_that_can_be_kept():
    fate, reason = fate_of(Answer("a", Reply.REFUSED, "\ud800" + "x" * 9000))
    assert fate is Fate.REFUSED
    assert reason.encode()
    assert len(reason) < 600
    assert "did not say why" in fate_of(Answer("a", Reply.REFUSED))[1]
    assert fate_of(Answer("a", Reply.WARNED, "w"))[0] is Fate.WAITING
    assert fate_of(taken("a")) == (Fate.DONE, "")
