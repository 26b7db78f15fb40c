"""What is shown of an update while it is installed, tried, or was given up. Pure rows and words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from terminal.i18n import translate
from terminal.update.phase import Phase
from ui.widgets import row

if TYPE_CHECKING:
    from terminal.update.phase import UpdateState
    from ui.screens.page import Legend
    from ui.widgets.row import Row

# In these nothing can be sold yet.
TRIED = frozenset({Phase.TRIAL, Phase.WAITING})


def update_rows(width: int, state: UpdateState) -> list[Row]:
    """How far the update is; nothing when there is none."""
    rows: list[Row] = []
    for text, style in _texts(state):
        rows += [row.row(width), *row.wrapped(width, text, style)]
    return rows


def update_legend(state: UpdateState) -> Legend:
    """The keys while the seconds are counted."""
    if state.phase is not Phase.COUNTDOWN:
        return ((translate("Wait"), translate("nothing to press")),)
    return (("Enter", translate("install now")), ("Esc", translate("with the next day close")))


def _texts(state: UpdateState) -> list[tuple[str, str]]:
    version = state.version
    match state.phase:
        case Phase.COUNTDOWN:
            text = translate(
                "Version {version} is installed in {seconds} s.",
                version=version,
                seconds=state.seconds_left,
            )
            return [
                (text, row.STRONG),
                (translate("Enter installs now. Esc: with the next day close."), row.TEXT),
            ]
        case Phase.INSTALLING:
            texts = [
                (translate("Version {version} is being installed.", version=version), row.STRONG),
                (translate("Do not switch off. If the power fails, nothing is lost."), row.TEXT),
            ]
            return [*texts, (state.step, row.DIM)] if state.step else texts
        case Phase.RESTARTING:
            text = translate("The program starts again as version {version}.", version=version)
            return [(text, row.STRONG)]
        case Phase.TRIAL:
            texts = [
                (translate("Version {version} is being tried.", version=version), row.STRONG),
                (
                    translate("Nothing is sold before it is confirmed, within two minutes."),
                    row.TEXT,
                ),
                (translate("If it fails, the previous version comes back by itself."), row.TEXT),
            ]
            left = translate("About {seconds} s more.", seconds=state.seconds_left)
            return [*texts, (left, row.STRONG)] if state.seconds_left else texts
        case Phase.WAITING:
            return [
                (translate("Version {version} is being tried.", version=version), row.STRONG),
                (translate("It waits for the fiscal printer's answer."), row.WARN),
                (translate("Check the printer's cable and power; it goes on by itself."), row.TEXT),
            ]
    return []


def given_up_rows(width: int, state: UpdateState) -> list[Row]:
    """What is said of a version that failed here; nothing when none did."""
    if not state.rolled_back:
        return []
    version, _, reason = state.rolled_back.partition(": ")
    text = translate(
        "Version {version} does not work on this till and will not be installed again.",
        version=version,
    )
    calm = translate("The till sells on as it was; the back office is told. Nothing need be done.")
    rows = [*row.wrapped(width, text, row.WARN), *row.wrapped(width, calm)]
    return [*rows, *row.wrapped(width, reason, row.DIM)] if reason else rows
