from __future__ import annotations

from backoffice.reasons import Reason

POLISH = {"no unit {unit}": "nie ma jednostki {unit}"}


def test_a_reason_is_the_english_sentence_and_can_be_said_in_another_language():
    reason = Reason("no unit {unit}", unit="kg")
    assert reason == "no unit kg"
    assert reason.said(POLISH.__getitem__) == "nie ma jednostki kg"


def test_braces_in_what_is_put_in_mean_nothing():
    reason = Reason("no unit {unit}", unit="{unit.__class__}")
    assert reason == "no unit {unit.__class__}"
    assert reason.said(POLISH.__getitem__) == "nie ma jednostki {unit.__class__}"
