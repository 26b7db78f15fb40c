from __future__ import annotations

from sqlalchemy import select

from backoffice import settings
from backoffice.secret import hashed
from backoffice.store.engine import writing
from backoffice.store.tables import audit


def test_a_setting_is_empty_until_it_is_set(engine):
    with writing(engine) as database:
        assert settings.get(database, "release") == ""
        settings.set_to(database, "release", "1")
        settings.set_to(database, "release", "2")
        assert settings.get(database, "release") == "2"


def test_nobody_is_admin_before_a_token_is_set(engine):
    with writing(engine) as database:
        assert settings.company_of_admin(database, "") is None
        settings.set_to(database, settings.ADMIN_TOKEN_HASH, hashed("right"))
        assert settings.company_of_admin(database, "right") == "main"
        assert settings.company_of_admin(database, "wrong") is None
        assert settings.company_of_admin(database, "") is None


def test_the_key_of_the_forms_stays(engine):
    with writing(engine) as database:
        first = settings.csrf_key(database)
    with writing(engine) as database:
        assert settings.csrf_key(database) == first
    assert len(first) == 64


def test_acts_are_noted_with_their_time(engine, clock):
    with writing(engine) as database:
        settings.note(database, clock(), "invite", "K1 in lipa")
        row = database.execute(select(audit)).one()
    assert (row.at, row.act, row.detail) == (
        "2026-03-01T12:00:00.000+00:00", "invite", "K1 in lipa",
    )  # fmt: skip
