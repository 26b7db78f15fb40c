from __future__ import annotations

import re

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from terminal.sync import wire
from terminal.sync.wire.releases import VERSION_PATTERN

GOOD = {
    "version": "1.2.0",
    "counter": 7,
    "min_from": "0.0",
    "python": "3.11",
    "platform": "cp311-linux_x86_64",
    "files": {"wheels/kasoterminal-1.2.0-py3-none-any.whl": "0" * 64, "sbom.json": "1" * 64},
    "built_at": "2026-03-01T12:00:00+00:00",
}
versions = st.from_regex(re.compile(VERSION_PATTERN, re.ASCII), fullmatch=True)


def test_a_manifest_goes_over_the_wire_and_back():
    manifest = msgspec.convert(GOOD, wire.Manifest)
    assert msgspec.json.decode(msgspec.json.encode(manifest), type=wire.Manifest) == manifest


@pytest.mark.parametrize(
    "wrong",
    [
        {"version": "1"}, {"version": "1.2rc1"}, {"version": "01.2"}, {"version": "1.2\n"},
        {"version": "1.2.3.4.5"}, {"counter": 0}, {"counter": wire.COUNTER_MAX + 1},
        {"min_from": ""}, {"python": "3"}, {"platform": "../x"}, {"built_at": "x" * 41},
        {"files": {"../x": "0" * 64}}, {"files": {"/x": "0" * 64}}, {"files": {".x": "0" * 64}},
        {"files": {"wheels/a/b": "0" * 64}}, {"files": {"x": "0"}}, {"files": {"x\0": "0" * 64}},
        {"files": {f"x{n}": "0" * 64 for n in range(wire.FILES_MAX + 1)}},
    ],
)  # fmt: skip
def test_what_no_bundle_may_say_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(GOOD | wrong, wire.Manifest)


def test_an_answer_of_an_office_that_knows_only_versions_is_understood():
    answer = msgspec.json.decode(b'{"version":"0.2.0"}', type=wire.ReleaseAnswer)
    assert answer == wire.ReleaseAnswer("0.2.0", "", is_paused=False, is_forced=False)


def test_the_bundle_of_this_machine_has_a_name_that_the_manifest_takes():
    name = wire.target_of(wire.CHANNEL, "1.2.0", wire.platform_here())
    assert name == f"kasoterminal/stable/kasoterminal-1.2.0-{wire.platform_here()}.tar"
    assert msgspec.convert(GOOD | {"platform": wire.platform_here()}, wire.Manifest)


@given(versions)
def test_a_version_is_ordered_by_its_numbers(version):
    assert wire.version_key(version) == wire.version_key(f"{version}.0")
    assert wire.version_key(version) < wire.version_key(f"{version}.0.1")


def test_ten_comes_after_nine():
    assert wire.version_key("1.9") < wire.version_key("1.10") < wire.version_key("2.0")
