from __future__ import annotations

import json

import pytest

from backoffice.asking import ABSENT, REFUSED, answering, say
from backoffice.client import OfficeAbsent, OfficeRefused


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (OfficeAbsent("refused"), ABSENT, "no office answers: refused\n"),
        (OfficeRefused(404, {"detail": "no such row"}), REFUSED, "refused: no such row\n"),
    ],
)
def test_a_no_is_a_sentence_and_an_exit_code(capsys, error, code, said):
    with pytest.raises(SystemExit) as ended, answering():
        raise error
    assert ended.value.code == code
    assert capsys.readouterr().err == said


def test_an_answer_is_a_sentence_or_json(capsys):
    say({"group": "łódź"}, "done", as_json=False)
    say({"group": "łódź"}, "done", as_json=True)
    first, _, rest = capsys.readouterr().out.partition("\n")
    assert first == "done"
    assert json.loads(rest) == {"group": "łódź"}
    assert "łódź" in rest
