from __future__ import annotations

import pytest

from backoffice.releases.faults import ReleaseFault
from backoffice.releases.wheels import check_platform, closure, hashes_of, read_wheel
from tests.backoffice.releases.hand_made import make_wheel


@pytest.fixture
def wheel(tmp_path):
    return lambda *args, **more: read_wheel(make_wheel(tmp_path, *args, **more))


def known(*wheels):
    return {it.name: {it.sha256} for it in wheels}


def test_what_is_needed_is_chosen_and_nothing_besides(wheel):
    part, deep, other = wheel("part", "1.5", ["deep"]), wheel("deep", "2.0"), wheel("other", "1.0")
    project = wheel("kaso", "1.0.0", ["part>=1", "other; python_version < '3'"])
    house = [part, deep, other]
    assert closure(project, house, known(*house)) == [deep, part]


def test_an_extra_brings_what_it_needs(wheel):
    part = wheel("part", "1.0", ["fast; extra == 'speed'", "odd; extra == 'odd'"])
    fast = wheel("fast", "1.0")
    house = [part, fast]
    assert closure(wheel("kaso", "1.0", ["part[speed]"]), house, known(*house)) == [fast, part]
    assert closure(wheel("kasa", "1.0", ["part"]), house, known(*house)) == [part]


def test_a_circle_ends(wheel):
    one, two = wheel("one", "1.0", ["two"]), wheel("two", "1.0", ["one"])
    assert len(closure(wheel("kaso", "1.0", ["one"]), [one, two], known(one, two))) == 2


def test_wheels_that_nobody_vouches_for_are_refused(wheel):
    part, project = wheel("part", "1.5"), wheel("kaso", "1.0.0", ["part"])
    with pytest.raises(ReleaseFault, match="part: needed, and the requirements have no hash"):
        closure(project, [part], {})
    with pytest.raises(ReleaseFault, match="the wheelhouse has no wheel of it"):
        closure(project, [], known(part))
    with pytest.raises(ReleaseFault, match="damaged or not what was locked"):
        closure(project, [part], {"part": {"0" * 64}})


def test_the_version_must_be_one_that_is_wanted(wheel):
    part, project = wheel("part", "1.5"), wheel("kaso", "1.0.0", ["part>=2"])
    with pytest.raises(ReleaseFault, match=r"needs part>=2, there is 1\.5"):
        closure(project, [part], known(part))


def test_a_wheel_for_another_machine_is_refused(wheel):
    part = wheel("part", "1.5", tag="cp311-cp311-win32")
    with pytest.raises(ReleaseFault, match=r"wrong platform: it is for cp311-cp311-win32"):
        closure(wheel("kaso", "1.0.0", ["part"]), [part], known(part))
    with pytest.raises(ReleaseFault, match="wrong platform"):
        check_platform(part)


def test_the_wheel_that_fits_best_is_taken(wheel):
    plain = wheel("part", "1.5")
    foreign = wheel("part", "1.5", tag="cp311-cp311-win32")
    hashes = {"part": {plain.sha256, foreign.sha256}}
    assert closure(wheel("kaso", "1.0", ["part"]), [foreign, plain], hashes) == [plain]


@pytest.mark.parametrize("name", ["x.whl", "part-1.5-py3-none-any.whl"])
def test_what_is_no_wheel_is_named(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04 no zip")
    with pytest.raises(ReleaseFault, match=f"{name}: not a wheel"):
        read_wheel(tmp_path / name)


def test_hashes_are_read_as_pip_reads_them(tmp_path):
    file = tmp_path / "run.txt"
    one, two = "1" * 64, "2" * 64
    file.write_text(
        f"# locked\nPart_A==1.0 ; python_version >= '3' \\\n    --hash=sha256:{one} \\\n"
        f"    --hash=sha256:{two}\n\nother[x]==2 --hash=sha256:{two}  # why\n"
    )
    assert hashes_of(file) == {"part-a": {one, two}, "other": {two}}


@pytest.mark.parametrize("line", ["part==1.0", "part==1.0 --hash=md5:00", "-r other.txt"])
def test_a_line_without_a_hash_is_refused(tmp_path, line):
    file = tmp_path / "run.txt"
    file.write_text(line + "\n")
    with pytest.raises(ReleaseFault, match="no hash for"):
        hashes_of(file)


def test_requirements_that_cannot_be_read_are_named(tmp_path):
    with pytest.raises(ReleaseFault, match=r"run\.txt: cannot be read"):
        hashes_of(tmp_path / "run.txt")
    (tmp_path / "run.txt").write_text(f"=== --hash=sha256:{'0' * 64}\n")
    with pytest.raises(ReleaseFault, match=r"run\.txt"):
        hashes_of(tmp_path / "run.txt")
