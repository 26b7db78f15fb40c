"""Makes forms of the mapping in a connector's file, and says which key of it is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args, get_origin

import msgspec

from backoffice.erp.form import Field, Form
from backoffice.erp.values import PLACES, Kind, Numbers, Shape
from backoffice.errors import BadSetting
from terminal.sync import wire

if TYPE_CHECKING:
    from collections.abc import Mapping

NUMBERS: Final[tuple[Numbers, ...]] = ("whole", "comma", "point")
_KEYS = ("from", "constant", "values", "numbers", "date", "separator")


def form_of(set_name: str, table: Mapping[str, Any], numbers: Numbers, where: str) -> Form:
    """The form of a data set; ``where`` is the place of ``table``. Raises ``BadSetting``."""
    inside = expect(table.get("fields", {}), dict, f"{where}.fields", "a table of fields")
    skipped = expect(table.get("without", []), list, f"{where}.without", "a list of fields")
    removed = expect(table.get("removed", "is_removed"), str, f"{where}.removed", "a text")
    form = _form(wire.SETS[set_name], inside, skipped, numbers, f"{where}.fields")
    return Form(form.fields, removed)


def expect(value: Any, kind: type, where: str, what: str) -> Any:  # noqa: ANN401 (what TOML holds)
    """The value, which must be of its kind."""
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadSetting(detail=f"{where}: expected {what}")
    return value


def _form(
    struct: type[msgspec.Struct],
    table: Mapping[str, Any],
    skipped: list[Any],
    numbers: Numbers,
    where: str,
) -> Form:
    ours = {it.name: it.type for it in msgspec.structs.fields(struct)}
    lines = next((name for name, kind in ours.items() if _struct_of(kind)), "")
    for name in [*table, *skipped]:
        head, _dot, below = str(name).partition(".")
        is_below = head == lines and below in getattr(
            _struct_of(ours[head]), "__struct_fields__", ()
        )
        if name not in ours and not is_below:
            known = ", ".join([*ours, *([f"{lines}.FIELD"] if lines else [])])
            raise BadSetting(detail=f"{where}.{name}: we have no such field; ours are: {known}")
    made = [
        _field(name, kind, table, numbers, where)
        for name, kind in ours.items()
        if name not in skipped
    ]
    seen: dict[str, str] = {}
    for each in made:
        if each.constant is None and seen.setdefault(each.theirs, each.ours) != each.ours:
            raise BadSetting(
                detail=f"{where}.{each.ours}: {each.theirs!r} is already the field"
                f" {seen[each.theirs]}; put one of them into `without`"
            )
    return Form(tuple(made))


def _field(
    name: str,
    kind: Any,  # noqa: ANN401 (whatever stands in an annotation)
    table: Mapping[str, Any],
    numbers: Numbers,
    where: str,
) -> Field:
    given = table.get(name, name)
    place = f"{where}.{name}"
    if isinstance(given, str):
        given = {"from": given}
    expect(given, dict, place, "their name of the field, or a table")
    for key in given:
        if key not in _KEYS:
            raise BadSetting(detail=f"{place}.{key}: no such key; there are: {', '.join(_KEYS)}")
    theirs = expect(given.get("from", name), str, f"{place}.from", "their name of the field")
    if "constant" in given:
        return Field(name, theirs, constant=_constant(kind, given["constant"], place))
    if struct := _struct_of(kind):
        below = {
            key.partition(".")[2]: it for key, it in table.items() if key.startswith(f"{name}.")
        }
        inside = _form(struct, below, [], numbers, f"{where}.{name}")
        return Field(name, theirs, Shape("lines"), lines=inside)
    return Field(name, theirs, _shape(name, kind, given, numbers, place))


def _shape(
    name: str,
    kind: Any,  # noqa: ANN401 (whatever stands in an annotation)
    given: Mapping[str, Any],
    numbers: Numbers,
    place: str,
) -> Shape:
    own: Numbers = given.get("numbers", numbers)
    if own not in NUMBERS:
        raise BadSetting(detail=f"{place}.numbers: expected one of {', '.join(NUMBERS)}")
    values = expect(given.get("values", {}), dict, f"{place}.values", "a table: theirs = ours")
    plain = _plain(kind)
    places = next((it for end, it in PLACES.items() if name.endswith(end)), 0)
    return Shape(
        plain,
        places if plain == "whole" else 0,
        own,
        {theirs: _spelled(ours) for theirs, ours in values.items()},
        expect(given.get("date", ""), str, f"{place}.date", "a form such as %d.%m.%Y"),
        expect(given.get("separator", "|"), str, f"{place}.separator", "a text") or "|",
    )


def _spelled(value: object) -> str:
    return value if isinstance(value, str) else str(value).lower()


def _constant(kind: Any, value: object, place: str) -> object:  # noqa: ANN401
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise BadSetting(detail=f"{place}.constant: {error}") from None


def _plain(annotation: Any) -> Kind:  # noqa: ANN401 (whatever stands in an annotation)
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    kinds: dict[Any, Kind] = {int: "whole", bool: "truth", list: "list"}
    return kinds.get(get_origin(bare) or bare, "text")


def _struct_of(annotation: Any) -> type[msgspec.Struct] | None:  # noqa: ANN401 (as above)
    """The struct of a list of lines."""
    bare = annotation.__origin__ if hasattr(annotation, "__metadata__") else annotation
    if get_origin(bare) is not list:
        return None
    inside = get_args(bare)[0]
    return inside if isinstance(inside, type) and issubclass(inside, msgspec.Struct) else None
