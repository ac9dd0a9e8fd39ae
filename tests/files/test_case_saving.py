"""A saved case comes back, a file is replaced as a whole or not at all, and what cannot be saved is said."""

import json
import os
from dataclasses import replace

import pytest
from case_texts import COMMENTED, FULL, PAIR

from detente.errors import CaseError, NotAvailableError
from detente.files.load import load, read_document, shipped
from detente.files.save import changed, write


def test_a_file_that_says_the_same_is_not_touched(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(COMMENTED, encoding="utf-8")
    before = path.stat()
    write(load(path).case, path)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("name", shipped())
def test_shipped_cases_come_back_from_a_new_file(name, tmp_path):
    case = load(name).case
    for ending in ("yaml", "json"):
        path = tmp_path / f"x.{ending}"
        write(case, path)
        assert load(path).case == case
        assert not load(path).errors
    assert max(map(len, (tmp_path / "x.yaml").read_text(encoding="utf-8").splitlines())) <= 120


@pytest.mark.parametrize("name", shipped())
def test_a_shipped_case_with_another_title_differs_in_one_line(name):
    loaded = load(name)
    text = changed(loaded, replace(loaded.case, title="Another"))
    old, new = loaded.text.splitlines(), text.splitlines()
    assert [line for line in new if line not in old] == ["title: Another"]
    assert len(old) == len(new)


def test_a_today_that_is_not_known_is_saved_as_such(tmp_path):
    case, path = replace(read_document(PAIR).case, today=None), tmp_path / "x.yaml"
    write(case, path)
    assert load(path).case == case
    path.write_text(PAIR, encoding="utf-8")
    write(case, path)
    assert path.read_text(encoding="utf-8") == PAIR + "today: unknown\n"
    assert load(path).case.today is None


def test_a_new_file_is_laid_out_in_the_order_of_the_format(tmp_path):
    path = tmp_path / "x.yaml"
    write(read_document(FULL).case, path)
    text = path.read_text(encoding="utf-8")
    assert load(path).case == read_document(FULL).case
    assert text.startswith(
        """title: Elmira groundwater contamination
note: A case with every key of the format.
sources:
  hipel: Hipel, Fang, Kilgour, Haight (1993)
parties:
  MoE:
    name: Ministry of the Environment
    options: {modify: Modify the control order}
    concerns:
      - not Uniroyal.abandon
      - {want: Uniroyal.accept, core: true, name: clean-up, source: hipel ¶3, standing: recalled}
      - not modify
  Uniroyal:
    options:
      delay: {name: Delay the appeal, direction: off}
"""
    )


def test_windows_line_ends_and_byte_order_marks_stay(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + COMMENTED.replace("\n", "\r\n").encode())
    write(replace(load(path).case, title="New"), path)
    expected = COMMENTED.replace('"A dispute"', "New")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.replace("\n", "\r\n").encode()


def test_json_stays_json(tmp_path):
    path = tmp_path / "x.json"
    case = read_document(FULL).case
    write(case, path)
    write(replace(case, title="New"), path)
    assert json.loads(path.read_text(encoding="utf-8"))["title"] == "New"


def test_yaml_in_braces_stays_yaml():
    text = "{title: x, # c\n parties: {A: {options: [a], concerns: [not a]}}}\n"
    loaded = read_document(text)
    assert changed(loaded, replace(loaded.case, title="y")) == text.replace("x, # c", "y, # c")


def test_mode_and_links_stay(tmp_path):
    path, link = tmp_path / "x.yaml", tmp_path / "link.yaml"
    path.write_text(PAIR, encoding="utf-8")
    path.chmod(0o640)
    link.symlink_to(path)
    write(replace(load(path).case, title="New"), link)
    assert link.is_symlink()
    assert path.stat().st_mode & 0o777 == 0o640
    assert load(path).case.title == "New"
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link.yaml", "x.yaml"]


def test_a_save_that_fails_leaves_the_file_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "x.yaml"
    path.write_text(PAIR, encoding="utf-8")
    case = replace(load(path).case, title="New")

    def full(descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(CaseError, match=r"x\.yaml: the file cannot be written: No space left on device"):
        write(case, path)
    assert path.read_text(encoding="utf-8") == PAIR
    assert [entry.name for entry in tmp_path.iterdir()] == ["x.yaml"]


def test_what_cannot_be_saved(tmp_path):
    path = tmp_path / "x.yaml"
    case = read_document(PAIR).case
    path.write_text(PAIR + "titel: x\n", encoding="utf-8")
    with pytest.raises(CaseError) as caught:
        write(case, path)
    assert str(caught.value).splitlines() == [
        f"{path}: the file is there and is not a sound case, so that nothing was saved; "
        "mend it, or save under another name",
        f"{path}:6:1: there is no key 'titel' here; did you mean title?",
    ]
    assert path.read_text(encoding="utf-8") == PAIR + "titel: x\n"
    with pytest.raises(NotAvailableError, match="rewritten by the approach promise"):
        write(read_document(FULL).case.under("promise"), tmp_path / "y.yaml")
    with pytest.raises(CaseError, match="the file cannot be written: No such file or directory"):
        write(case, tmp_path / "there" / "x.yaml")


def test_saving_never_touches_the_mask_of_the_process(tmp_path, monkeypatch):
    """Another thread that makes a file meanwhile must not find its mask gone."""
    monkeypatch.setattr("os.umask", lambda mask: pytest.fail("the mask was set"))
    path = tmp_path / "case.yaml"
    write(load("chicken").case, path)
    path.chmod(0o640)
    write(load("stag-hunt").case, path)
    assert path.stat().st_mode & 0o777 == 0o640
    assert [each.name for each in tmp_path.iterdir()] == ["case.yaml"]


def test_a_new_file_is_open_to_whom_the_mask_allows(tmp_path):
    path = tmp_path / "new.yaml"
    before = os.umask(0o027)
    try:
        write(load("chicken").case, path)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o640
