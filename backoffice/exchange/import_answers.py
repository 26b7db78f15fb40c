"""Brings answers to the records that they are about; a program may forget some or say one twice.

Nothing that another program says wrongly stops the other records: what has no clear answer is sent
again with the next run, under the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backoffice.erp.connector import Answer, Reply
from backoffice.jobs.work import Fate, NotNowError
from backoffice.reasons import Reason
from backoffice.web.i18n import gettext_noop as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backoffice.erp.connector import Outgoing

SILENT = _("The other program gave no answer: it is sent again next time")
DIFFERING = _("The other program gave two answers that differ: it is sent again next time")
ID_TOO_LONG = _("The other program gave it an id of more than {most} characters")
REFUSED = _("The other program refused it: {reason}")
NO_REASON = _("The other program refused it and did not say why")
WARNED = _("The other program warns, and takes it when warnings are confirmed: {reason}")
_NAMED_MAX = 5
_REASON_MAX = 500
_THEIR_ID_MAX = 200


@dataclass(frozen=True, slots=True)
class Matched:
    """Answers by our ids; ``unclear`` says why one is none to go by, ``said`` is for the log."""

    answers: dict[str, Answer]
    unclear: dict[str, Reason]
    said: list[str]

    def reason(self, row_id: str) -> Reason | None:
        """Why a record has no answer to go by."""
        return self.unclear.get(row_id)


def matched(records: Sequence[Outgoing], answers: Sequence[Answer]) -> Matched:
    """Which answer is about which record.

    Raises ``NotNowError`` when not one of them is about what was sent.
    """
    asked = {it.id for it in records}
    found: dict[str, Answer] = {}
    unclear: dict[str, Reason] = {}
    strange, twice = [], []
    for answer in answers:
        if answer.id not in asked:
            strange.append(answer.id)
        elif answer.id in found:
            twice.append(answer.id)
            if found[answer.id] != answer:
                unclear[answer.id] = Reason(DIFFERING)
        else:
            found[answer.id] = answer
            if len(answer.their_id) > _THEIR_ID_MAX:
                unclear[answer.id] = Reason(ID_TOO_LONG, most=_THEIR_ID_MAX)
    if asked and not found:
        told = f"{len(records)} records were sent, and none of {len(answers)} answers is about them"
        raise NotNowError(told)
    silent = [it.id for it in records if it.id not in found]
    unclear |= {row_id: Reason(SILENT) for row_id in silent}
    said = [
        f"the other program {what}: {_some(ids)}"
        for what, ids in (
            ("gave no answer about", silent),
            ("answered more than once about", twice),
            ("answered about what was not sent", strange),
        )
        if ids
    ]
    return Matched(found, unclear, said)


def fate_of(answer: Answer) -> tuple[Fate, str]:
    """How a record ended, and why."""
    # What another program writes is text of any kind and length.
    told = answer.reason.encode("utf-8", "replace").decode()[:_REASON_MAX]
    if answer.reply is Reply.TAKEN:
        return Fate.DONE, told
    if answer.reply is Reply.WARNED:
        return Fate.WAITING, Reason(WARNED, reason=told)
    return Fate.REFUSED, Reason(REFUSED, reason=told) if told else Reason(NO_REASON)


def _some(ids: Sequence[str]) -> str:
    named = ", ".join(row_id[:64] for row_id in ids[:_NAMED_MAX])
    return named + (f" and {len(ids) - _NAMED_MAX} more" if len(ids) > _NAMED_MAX else "")
