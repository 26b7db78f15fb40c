"""Of age: on which day somebody must have been born by. Pure."""

from __future__ import annotations

from datetime import date


def born_by(today: date, age: int) -> date:
    """The last day of birth of those who are ``age`` years old today.

    Who was born on 29 February is a year older on 1 March where a year has no such day.
    """
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        return date(today.year - age, 2, 28)
