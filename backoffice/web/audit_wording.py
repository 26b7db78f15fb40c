"""How the pages say what was done, by the acts that stand in the audit. Pure."""

from __future__ import annotations

from backoffice.web.i18n import _, gettext_noop

# By the act, with a line in place of each space.
_ACTS = {
    "put": gettext_noop("changed"),
    "merge": gettext_noop("changed in part"),
    "bulk": gettext_noop("changed many goods"),
    "attach": gettext_noop("attached"),
    "plan": gettext_noop("planned a visit"),
    "cancel": gettext_noop("cancelled a visit"),
    "till": gettext_noop("changed at a till"),
    "import": gettext_noop("took a sheet"),
    "move": gettext_noop("put into another order"),
    "remove": gettext_noop("removed"),
    "undo": gettext_noop("undid"),
    "invite": gettext_noop("made a code or a link"),
    "enrol": gettext_noop("device enrolled"),
    "block": gettext_noop("blocked"),
    "unblock": gettext_noop("let in again"),
    "errand": gettext_noop("asked a till"),
    "group": gettext_noop("put into a group"),
    "roll_out": gettext_noop("gave out a version"),
    "judge": gettext_noop("had a document judged again"),
    "erase": gettext_noop("erased a person"),
    "found": gettext_noop("made the first shop"),
    "new_shop": gettext_noop("opened a shop"),
    "close": gettext_noop("closed a shop"),
    "open": gettext_noop("opened a shop again"),
    "account": gettext_noop("changed an account"),
    "password": gettext_noop("changed a password"),
    "reset": gettext_noop("reset an account"),
    "second_factor": gettext_noop("showed the second factor"),
    "second_factor_refused": gettext_noop("showed a wrong code"),
    "second_factor_set_up": gettext_noop("began to set a second factor up"),
    "second_factor_on": gettext_noop("turned a second factor on"),
    "second_factor_on_refused": gettext_noop("showed a wrong code"),
    "second_factor_codes": gettext_noop("made new recovery codes"),
    "link_owner": gettext_noop("made a link for the owner"),
    "second_factor_off": gettext_noop("took a second factor off"),
    "recovery_code": gettext_noop("used a recovery code"),
    "recovery_code_refused": gettext_noop("showed a wrong code"),
    "link_invite": gettext_noop("made a link for an account"),
    "link_reset": gettext_noop("made a link for an account"),
    "link_owner_used": gettext_noop("became an owner by a link"),
    "link_invite_used": gettext_noop("came in by a link"),
    "link_reset_used": gettext_noop("came in by a link"),
    "sessions_ended": gettext_noop("ended sessions"),
    "sign_in": gettext_noop("signed in"),
    "sign_in_refused": gettext_noop("was not let in"),
    "owner_link": gettext_noop("made a link for the owner"),
    "token": gettext_noop("made a token"),
    "token_taken_back": gettext_noop("took a token back"),
    "job": gettext_noop("began a job of the exchange"),
    "job_cancel": gettext_noop("cancelled a job"),
    "job_on": gettext_noop("sent a job on"),
    "queue": gettext_noop("changed a queue"),
    "schedule": gettext_noop("changed a schedule"),
    "schedule_gone": gettext_noop("removed a schedule"),
    "channel": gettext_noop("changed a sales channel"),
    "backup": gettext_noop("made a copy"),
    "download": gettext_noop("downloaded a copy"),
    "restore": gettext_noop("restored a copy"),
    "from_a_copy": gettext_noop("office restored from a copy"),
}


def act(name: str) -> str:
    """What was done; an act without words stays as it is noted."""
    key = name.replace(" ", "_")
    return _(_ACTS[key]) if key in _ACTS else name
