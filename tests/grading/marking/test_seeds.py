"""Seeds follow from secret, student and exercise, and from nothing else."""

from pathlib import Path

import pytest

from annkit.grading.marking.seeds import SECRET_FILE, SecretError, course_secret, seed_for


def test_a_secret_is_drawn_once_and_for_its_owner_only(tmp_path: Path) -> None:
    secret = course_secret(tmp_path)
    assert course_secret(tmp_path) == secret
    assert (tmp_path / SECRET_FILE).stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [SECRET_FILE]


def test_two_courses_have_two_secrets(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert course_secret(one) != course_secret(two)


def test_a_torn_secret_is_not_used(tmp_path: Path) -> None:
    (tmp_path / SECRET_FILE).write_bytes(b"")
    with pytest.raises(SecretError, match="damaged"):
        course_secret(tmp_path)


def test_names_do_not_run_into_one_another() -> None:
    seeds = {
        seed_for(secret, student, exercise)
        for secret in (b"a", b"b")
        for student, exercise in (("ada", "x"), ("adax", ""), ("ada", "y"), ("ben", "x"))
    }
    assert len(seeds) == 8
    assert all(0 <= seed < 2**48 for seed in seeds)
    assert seed_for(b"a", "ada", "x") == seed_for(b"a", "ada", "x")
