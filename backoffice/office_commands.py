"""Commands that ask a running office: show and change data sets, judge again."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from backoffice.account_commands import owner_link
from backoffice.asking import CODES, FAILURE, answering, as_json_too, print_json, say
from backoffice.erp.commands import erp
from backoffice.fleet_commands import add_fleet
from backoffice.jobs.commands import work

if TYPE_CHECKING:
    from backoffice.client import OfficeClient

URL = "http://127.0.0.1:8440"


@click.group(epilog=CODES)
@click.option("--url", default=URL, show_default=True, envvar="KASO_OFFICE_URL")
@click.option(
    "--token-file",
    envvar="KASO_OFFICE_TOKEN_FILE",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="File with the administrator's token; or $KASO_OFFICE_TOKEN_FILE.",
)
@click.option("--shop", default="", help="Needed when the office has more than one shop.")
@click.pass_context
def office(context: click.Context, url: str, token_file: Path | None, shop: str) -> None:
    """Ask a running back office; `work` does its jobs, `erp` tries its connectors.

    \b
    Examples:
      kasoterminal office --token-file office.admin-token get products 12
      kasoterminal office --token-file office.admin-token set products 12 '{"price_gr": 499}'
      kasoterminal office --token-file office.admin-token import products goods.csv
      kasoterminal office --token-file office.admin-token enrol KASA1 --shop lipa
    """  # noqa: D301 (\b is click's mark for text that must not be wrapped)
    if context.invoked_subcommand in {work.name, erp.name}:
        return
    if token_file is None:
        raise click.MissingParameter(param_hint="'--token-file'", param_type="option")
    # Late: an HTTP client takes longer to import than --help takes to print.
    from backoffice.client import OfficeClient  # noqa: PLC0415

    try:
        token = token_file.read_text(encoding="ascii").strip()
    except (OSError, ValueError) as error:
        click.echo(f"cannot read the token: {error}", err=True)
        sys.exit(FAILURE)
    context.obj = OfficeClient(url, token, shop)
    context.call_on_close(context.obj.close)


@office.command(epilog=CODES)
@click.argument("name", metavar="SET")
@click.argument("row_id", metavar="[ID]", default="")
@as_json_too
@click.pass_obj
def get(client: OfficeClient, name: str, row_id: str, *, as_json: bool) -> None:
    """Show the rows of a data set, or one row."""
    with answering():
        rows = [client.row(name, row_id)] if row_id else client.rows(name)
    if as_json:
        print_json(rows[0] if row_id else rows)
        return
    for row in rows:
        cells = [f"{field}={_shown(value)}" for field, value in row.items() if field != "id"]
        click.echo(f"{row['id']}\t" + "\t".join(cells))


@office.command("set", epilog=CODES)
@click.argument("name", metavar="SET")
@click.argument("row_id", metavar="ID")
@click.argument("fields", metavar="'{JSON}'")
@click.option("--replace", is_flag=True, help="Fields not named go back to their defaults.")
@as_json_too
@click.pass_obj
def set_row(
    client: OfficeClient,
    name: str,
    row_id: str,
    fields: str,
    *,
    replace: bool,
    as_json: bool,
) -> None:
    """Change fields of a row, or add a row."""
    try:
        decoded = json.loads(fields)
    except ValueError as error:
        raise click.BadParameter(message=f"not JSON: {error}", param_hint="'{JSON}'") from None
    if not isinstance(decoded, dict):
        raise click.BadParameter(message="expected an object", param_hint="'{JSON}'")
    with answering():
        answer = client.change(name, row_id, decoded, replace=replace)
    say(answer, f"{name} {row_id}: revision {answer['revision']}", as_json=as_json)


@office.command(epilog=CODES)
@click.argument("name", metavar="SET")
@click.argument("row_id", metavar="ID")
@as_json_too
@click.pass_obj
def remove(client: OfficeClient, name: str, row_id: str, *, as_json: bool) -> None:
    """Take a row off the tills."""
    with answering():
        answer = client.remove(name, row_id)
    say(answer, f"{name} {row_id} removed: revision {answer['revision']}", as_json=as_json)


@office.command("import", epilog=CODES)
@click.argument("name", metavar="SET")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--take-good", is_flag=True, help="Import the good rows, report the others.")
@as_json_too
@click.pass_obj
def import_rows(
    client: OfficeClient,
    name: str,
    file: Path,
    *,
    take_good: bool,
    as_json: bool,
) -> None:
    """Add and replace rows from a CSV file in UTF-8.

    The first line names the fields; cells are separated by ; or , and the parts of a list by |.
    Without --take-good one bad row stops the whole file.
    """
    from backoffice.csvfile import CellFault, column_of, read_sheet  # noqa: PLC0415 (slow import)
    from backoffice.errors import NotFound  # noqa: PLC0415 (same)

    try:
        sheet = read_sheet(name, file.read_text(encoding="utf-8"))
    except NotFound as error:
        raise click.BadParameter(message=error.detail, param_hint="SET") from None
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"cannot read {file}: {error}", err=True)
        sys.exit(FAILURE)
    faults = list(sheet.faults)
    answer: dict[str, Any] = {"taken": 0, "changed": 0}
    if sheet.rows and (take_good or not faults):
        with answering(sheet.lines):
            answer = client.put(name, sheet.rows, take_good=take_good)
        for it in answer["errors"]:
            line = sheet.lines[it["index"]]
            faults.append(CellFault(line, column_of(it["path"]), it["reason"]))
    for fault in sorted(faults, key=lambda it: it.line):
        click.echo(str(fault), err=True)
    counted = [{"line": it.line, "column": it.column, "reason": it.reason} for it in faults]
    said = f"{answer['taken']} rows taken, {answer['changed']} changed"
    say({**answer, "errors": counted}, said, as_json=as_json)
    if faults:
        sys.exit(FAILURE)


@office.command(epilog=CODES)
@as_json_too
@click.pass_obj
def rejected(client: OfficeClient, *, as_json: bool) -> None:
    """List the documents that the office rejected, the newest first; they are stored all the same.

    The first column is the place that `retry` wants.
    """
    with answering():
        found = client.rejected()
    if as_json:
        print_json(found)
        return
    for it in found:
        place = f"{it['terminal']}/{it['epoch']}/{it['seq']}"
        click.echo(f"{place}\t{it['received_at']}\t{it['kind'] or '?'}\t{it['reason']}")


@office.command(epilog=CODES)
@click.argument("places", metavar="TERMINAL/EPOCH/NUMBER...", nargs=-1, required=True)
@as_json_too
@click.pass_obj
def retry(client: OfficeClient, places: tuple[str, ...], *, as_json: bool) -> None:
    """Judge rejected documents once more, after an update of the office."""
    for place in places:
        with answering():
            answer = client.judge_again(place)
        word = "accepted" if answer["is_accepted"] else f"rejected: {answer['reason']}"
        say(answer, f"{place}\t{word}", as_json=as_json)


@office.command(epilog=CODES)
@click.option("--nip", default="", help="Tax number of the buyer or customer.")
@click.option("--name", default="", help="Full name, as it stands on the documents.")
@as_json_too
@click.pass_obj
def erase(client: OfficeClient, nip: str, name: str, *, as_json: bool) -> None:
    """Forget a buyer or customer; what the law wants on invoices is kept until its day.

    The tills forget by themselves some weeks after the sale.
    """
    if not nip and not name:
        raise click.UsageError(message="say whom: --nip or --name")
    with answering():
        answer = client.erase(nip, name)
    said = f"erased from {answer['documents']} documents and {answer['customers']} customers"
    if answer["kept"]:
        said += (
            f"; {answer['kept']} documents are kept by law, the last until {answer['kept_until']}"
        )
    say(answer, said, as_json=as_json)


add_fleet(office)
office.add_command(owner_link)
office.add_command(work)
office.add_command(erp)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
