from __future__ import annotations

from datetime import UTC

from backoffice.office import Office


def test_an_office_counts_failures_of_enrolment_and_sign_in_apart(engine):
    office = Office(engine)
    assert office.clock().tzinfo is UTC
    assert office.enrolments is not office.sign_ins
    assert Office(engine).enrolments is not office.enrolments
