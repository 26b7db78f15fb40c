from __future__ import annotations

from datetime import UTC

from backoffice.office import Office
from backoffice.store.company import MAIN


def test_an_office_counts_failures_of_enrolment_and_sign_in_apart(engine):
    office = Office(engine)
    assert office.clock().tzinfo is UTC
    assert office.enrolments is not office.sign_ins
    assert Office(engine).enrolments is not office.enrolments


def test_no_company_of_a_server_has_the_programs_of_another(engine):
    wares, fleet = object(), object()
    office = Office(engine, programs={MAIN: {"wares": wares}, "acme": {"fleet": fleet}})
    assert office.of(MAIN).connectors == {"wares": wares}
    assert office.of(MAIN).of("acme").connectors == {"fleet": fleet}
    assert not office.of("stranger").connectors
