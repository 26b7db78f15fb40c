"""Commands that ask a running office about terminals, their groups, and the versions they get."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from backoffice.asking import CODES, answering, as_json_too, print_json, say

if TYPE_CHECKING:
    from backoffice.client import OfficeClient

ALL = 100
_group = click.option("--group", default="", help="Default: those without a roll-out of their own.")
_percent = click.IntRange(0, ALL)


@click.command(epilog=CODES)
@click.argument("terminal")
@click.option("--shop", required=True, help="Shop whose data the terminal gets.")
@as_json_too
@click.pass_obj
def enrol(client: OfficeClient, terminal: str, shop: str, *, as_json: bool) -> None:
    """Print a one-time code that makes a device TERMINAL; it works once, for 15 minutes."""
    with answering():
        answer = client.invite(terminal, shop)
    say(answer, answer["code"], as_json=as_json)


@click.command(epilog=CODES)
@as_json_too
@click.pass_obj
def terminals(client: OfficeClient, *, as_json: bool) -> None:
    """List the terminals and how they are."""
    with answering():
        found = client.terminals()
    if as_json:
        print_json(found)
        return
    for it in found:
        update = it["update"]
        cells = [it["id"], it["shop"], it["seen_at"] or "never", f"unsent {it['unsent']}"]
        cells += [it["version"] or "-", f"group {it['group'] or '-'}"]
        cells += [f"{update['state']} {update['version']}"] if update["state"] else []
        cells += [f"barred {', '.join(update['barred'])}"] if update["barred"] else []
        click.echo("\t".join(cells))


@click.command("set-terminal", epilog=CODES)
@click.argument("terminal")
@click.option("--group", help="Group for roll-outs; '' for none.")
@click.option("--block/--unblock", "is_blocked", default=None, help="Shut it out or let it in.")
@as_json_too
@click.pass_obj
def set_terminal(
    client: OfficeClient,
    terminal: str,
    *,
    group: str | None,
    is_blocked: bool | None,
    as_json: bool,
) -> None:
    """Put TERMINAL into a group, shut it out, or let it in again."""
    if group is None and is_blocked is None:
        raise click.UsageError(message="say what to change: --group, --block or --unblock")
    answer: dict[str, Any] = {}
    with answering():
        if is_blocked is not None:
            answer |= client.block(terminal, is_blocked=is_blocked)
        if group is not None:
            answer |= client.join(terminal, group)
    said = ", ".join(f"{name} {value!r}" for name, value in answer.items())
    say(answer, f"{terminal}: {said}", as_json=as_json)


@click.group(epilog=CODES)
def release() -> None:
    """Say which version the tills shall run.

    \b
    Examples:
      kasoterminal office release set 1.2.0 --group pilot
      kasoterminal office release set 1.2.0 --percent 10
      kasoterminal office release percent 50
      kasoterminal office release pause
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)


@release.command("list", epilog=CODES)
@as_json_too
@click.pass_obj
def list_rollouts(client: OfficeClient, *, as_json: bool) -> None:
    """Show what is rolled out to whom."""
    with answering():
        found = client.rollouts()
    if as_json:
        print_json(found)
        return
    for it in found:
        click.echo(_line(it))


@release.command("set", epilog=CODES)
@click.argument("version")
@_group
@click.option("--percent", type=_percent, default=ALL, show_default=True)
@click.option("--force", "is_forced", is_flag=True, help="Ask the tills for an early day close.")
@click.option("--may-go-back", is_flag=True, help="Also where something newer runs.")
@as_json_too
@click.pass_obj
def set_release(client: OfficeClient, /, *, as_json: bool, **wish: Any) -> None:  # noqa: ANN401
    """Roll VERSION out to a group."""
    with answering():
        answer = client.begin_rollout(wish)
    say(answer, _line(answer), as_json=as_json)


@release.command("percent", epilog=CODES)
@click.argument("percent", type=_percent)
@_group
@as_json_too
@click.pass_obj
def set_percent(client: OfficeClient, percent: int, group: str, *, as_json: bool) -> None:
    """Widen a roll-out to PERCENT of its group: who has the version stays among them."""
    with answering():
        answer = client.widen_rollout(group, percent)
    say(answer, _line(answer), as_json=as_json)


@release.command(epilog=CODES)
@_group
@as_json_too
@click.pass_obj
def pause(client: OfficeClient, group: str, *, as_json: bool) -> None:
    """Have no till fetch or install the version until `resume`."""
    with answering():
        answer = client.pause_rollout(group, is_paused=True)
    say(answer, _line(answer), as_json=as_json)


@release.command(epilog=CODES)
@_group
@as_json_too
@click.pass_obj
def resume(client: OfficeClient, group: str, *, as_json: bool) -> None:
    """Go on with what was paused."""
    with answering():
        answer = client.pause_rollout(group, is_paused=False)
    say(answer, _line(answer), as_json=as_json)


@release.command(epilog=CODES)
@_group
@as_json_too
@click.pass_obj
def stop(client: OfficeClient, group: str, *, as_json: bool) -> None:
    """Give the version to nobody any more; who has it keeps it."""
    with answering():
        answer = client.stop_rollout(group)
    say(answer, _line(answer), as_json=as_json)


def add_fleet(office: click.Group) -> None:
    """Hang these commands below ``office``."""
    for command in (enrol, terminals, set_terminal, release):
        office.add_command(command)


def _line(it: dict[str, Any]) -> str:
    words = [name for name in ("is_paused", "is_forced", "may_go_back") if it[name]]
    told = f"{it['group'] or '*'}\t{it['version'] or 'none'}\t{it['percent']}%"
    return "\t".join([told, f"before {it['before'] or 'none'}", *words])
