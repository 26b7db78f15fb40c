"""Rows of a data set from a CSV file: all of them, or after a look at the errors the good ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from litestar import get, post
from litestar.datastructures import UploadFile
from litestar.params import FromQuery, MultipartBody
from litestar.response import Redirect, Template

from backoffice import csvfile, editing
from backoffice.actor import CurrentActor
from backoffice.rows import row_type
from backoffice.store.engine import reading, writing
from backoffice.web.chosen import chosen_shop, shops_of
from backoffice.web.i18n import _, ngettext
from backoffice.web.page import Asked, done, page
from backoffice.web.sets.fault_wording import field_of, said
from backoffice.web.sets.pages import ChosenSet, OpenOffice, address

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from backoffice.web.sets.shape import DataSet

BYTES_MAX = 2 * 1024 * 1024
# The file again, and what a browser writes around it.
BODY_MAX = 2 * BYTES_MAX
FAULTS_SHOWN = 200


@get("/import", sync_to_thread=True)
def import_form(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    data_set: ChosenSet,
    shop: FromQuery[str] = "",
) -> Template:
    """Which columns a file has, and where to choose it."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, shop)
        shops = shops_of(database, actor)
    return _page(request, data_set, shop, shops)


@post("/import", request_max_body_size=BODY_MAX, sync_to_thread=True)
def import_file(
    office: OpenOffice,
    actor: CurrentActor,
    request: Asked,
    data_set: ChosenSet,
    data: MultipartBody[dict[str, Any]],
) -> Redirect | Template:
    """Take the rows; when some are wrong, say in which line, and offer to take the others."""
    with reading(office.engine) as database:
        shop = chosen_shop(database, actor, _text(data, "shop"))
        shops = shops_of(database, actor)
    text, why_not = _content(data)
    if why_not:
        return _page(request, data_set, shop, shops, status=422, why_not=why_not)
    sheet = csvfile.read_sheet(data_set.name, text)
    faults = [
        (it.line, it.column, said(it.reason, data_set.field(it.column))) for it in sheet.faults
    ]
    is_good_enough = bool(data.get("good"))
    if sheet.rows and (is_good_enough or not faults):
        with writing(office.engine) as database:
            editor = editing.Editor(database, actor, office.clock())
            outcome = editor.take(data_set.name, shop, sheet.rows, take_good=is_good_enough)
        faults += [
            (sheet.lines[it.index], field_of(it.path, it.reason) or "-", said(it.reason))
            for it in outcome.faults
        ]
        if is_good_enough or not faults:
            told = ngettext("{count} row taken.", "{count} rows taken.", outcome.taken)
            return done(address(data_set.path, shop=shop), told)
    if not faults:
        faults = [(1, "-", _("The file has no rows"))]
    good = len(sheet.rows) - len({line for line, *_rest in faults if line in set(sheet.lines)})
    return _page(
        request, data_set, shop, shops, status=422, text=text, faults=sorted(faults), good=good
    )


HANDLERS = (import_form, import_file)


def _page(
    request: Asked,
    data_set: DataSet,
    shop: str,
    shops: Mapping[str, str],
    *,
    status: int = 200,
    why_not: str = "",
    text: str = "",
    faults: Sequence[tuple[int, str, str]] = (),
    good: int = 0,
) -> Template:
    needed = data_set.required()
    labels = {it.name: it.label for it in data_set.fields}
    columns = [
        (name, labels.get(name, ""), name in needed)
        for name in row_type(data_set.name).__struct_fields__
    ]
    return page(
        "sets/import.html",
        request,
        status=status,
        data_set=data_set,
        shop=shop,
        shops=shops,
        why_not=why_not,
        text=text,
        faults=faults[:FAULTS_SHOWN],
        more=max(0, len(faults) - FAULTS_SHOWN),
        good=good,
        columns=columns,
    )


def _content(data: Mapping[str, Any]) -> tuple[str, str]:
    """Text of the file that was sent, or of the one that was looked at; else what is wrong."""
    file = data.get("file")
    if not isinstance(file, UploadFile):
        text = _text(data, "text")
        return text, "" if text.strip() else _("Choose a file first")
    content = file.file.read(BYTES_MAX + 1)
    if len(content) > BYTES_MAX:
        return "", _("The file is larger than {most} MB", most=BYTES_MAX // 2**20)
    if not content.strip():
        return "", _("The file is empty")
    try:
        return content.decode("utf-8-sig"), ""
    except UnicodeDecodeError:
        # What a Polish spreadsheet writes unless it is told otherwise.
        return content.decode("cp1250", errors="replace"), ""


def _text(data: Mapping[str, Any], name: str) -> str:
    given = data.get(name, "")
    return given if isinstance(given, str) else ""
