"""Where cases come from, and what is said when nothing can be read there."""

import os
from pathlib import Path

import pytest
from case_texts import PAIR

from detente.files.load import load, shipped


def one(path):
    loaded = load(path)
    assert loaded.case is None and len(loaded.faults) == 1
    return loaded.faults[0].text(loaded.file)


def test_a_file_by_its_path(tmp_path):
    path = tmp_path / "pair.yaml"
    path.write_text(PAIR, encoding="utf-8")
    assert load(path).case == load(str(path)).case
    assert load(path).case.title == "A pair"
    assert load(path).path == path
    assert load(path).text == PAIR


def test_shipped_names():
    names = shipped()
    assert "us-pakistan-2018" in names and "us-pakistan-2018/washington" in names
    assert not [name for name in names if name.endswith(("/results", "/case"))]


def test_a_file_wins_over_a_shipped_case_and_a_folder_does_not(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("elmira").mkdir()
    assert load("elmira").case.title.startswith("Elmira")
    Path("chicken").write_text(PAIR, encoding="utf-8")
    assert load("chicken").case.title == "A pair"


def test_a_missing_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("border.yaml").write_text(PAIR, encoding="utf-8")
    what = "there is no such file, and no shipped case of that name"
    assert one("elmirra") == f"elmirra: {what}; did you mean elmira?"
    assert one("bordr.yaml") == f"bordr.yaml: {what}; did you mean border.yaml?"
    assert one("us-pakistan-2018/washingtn") == (
        f"us-pakistan-2018/washingtn: {what}; did you mean us-pakistan-2018/washington or us-pakistan-2018?"
    )
    Path("answer.json").write_text('{"case": {"fingerprint": "12345678"}, "parties": ["A"]}', encoding="utf-8")
    Path("settings.yaml").write_text("colour: blue", encoding="utf-8")
    here = "detente cases lists the shipped ones; in this folder: border.yaml"
    assert one("answr.json") == f"answr.json: {what}; {here}"
    assert one("settngs.yaml") == f"settngs.yaml: {what}; {here}"
    Path("dam.gmcr").write_text("{}", encoding="utf-8")
    assert one("damm.gmcr") == f"damm.gmcr: {what}; did you mean dam.gmcr?"
    assert one("dam.gmcr") == (
        "dam.gmcr: this is a file of GMCR+, not a case file; write: detente import dam.gmcr dam.yaml"
    )
    assert one("") == "no file is named; name a file, or a shipped case"
    assert one("a\0b").startswith("a\0b: ")
    assert one("x" * 5000).endswith("the file cannot be read: File name too long")


def test_a_folder(tmp_path):
    assert one(tmp_path) == f"{tmp_path}: this is a folder; name a file in it; it has no case files"
    (tmp_path / "a.yaml").write_text(PAIR, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PAIR, encoding="utf-8")
    assert one(tmp_path) == f"{tmp_path}: this is a folder; name a file in it: a.yaml"


def test_what_is_no_ordinary_file(tmp_path):
    os.mkfifo(tmp_path / "pipe.yaml")
    assert one(tmp_path / "pipe.yaml").endswith("pipe.yaml: this is no ordinary file; name a YAML or JSON file")
    assert one("/dev/zero") == "/dev/zero: this is no ordinary file; name a YAML or JSON file"


ENCODED = {
    PAIR.encode("utf-16"): "the file is encoded as UTF-16; save it as UTF-8",
    PAIR.encode("utf-32"): "the file is encoded as UTF-32; save it as UTF-8",
    PAIR.encode("utf-16-le"): "1:2: a control character (U+0000) stands here; take it out; "
    "save the file as UTF-8 if it is UTF-16",
    b"title: x\nnote: Caf\xe9\n": "2:10: this is not UTF-8: byte 0xe9; "
    "save the file as UTF-8 (it looks like Latin-1 or Windows-1252)",
    b"\x80\x04\x95": "1:1: this is not UTF-8: byte 0x80; "
    "save the file as UTF-8 (it looks like Latin-1 or Windows-1252)",
}


@pytest.mark.parametrize("content", ENCODED, ids=range(len(ENCODED)))
def test_other_encodings(tmp_path, content):
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    place = ":" if ENCODED[content][0].isdigit() else ": "
    assert one(path) == f"{path}{place}{ENCODED[content]}"


def test_a_byte_order_mark(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(PAIR, encoding="utf-8-sig")
    assert load(path).case.title == "A pair"


def test_texts_that_are_too_long(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(PAIR + "#" * 1_000_000, encoding="utf-8")
    size = len(PAIR) + 1_000_000
    assert one(path) == (
        f"{path}: the file has {size:,} bytes, and a YAML file may have 1,000,000; "
        "write it as JSON, which is read up to 50 MB"
    )
    path = tmp_path / "x.json"
    path.write_text("[" + " " * 50_000_000 + "]", encoding="utf-8")
    assert one(path) == (
        f"{path}: the file has 50,000,002 bytes, and a JSON file may have 50,000,000; make the case smaller"
    )


def test_a_long_json_file_is_read(tmp_path):
    names = ", ".join(f'"state-{n}"' for n in range(100_000))
    path = tmp_path / "x.json"
    path.write_text(f'{{"parties": {{"A": {{"ranking": [{names}]}}}}, "states": [{names}]}}', encoding="utf-8")
    loaded = load(path)
    assert loaded.faults == ()
    assert len(loaded.case.states) == 100_000


def test_very_many_values(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text("a: [" + "x," * 200_000 + "]", encoding="utf-8")
    assert one(path) == (
        f"{path}:1:199999: the file has more than 100,000 values; write it as JSON, of which more is read"
    )
    path = tmp_path / "x.json"
    path.write_text("[" + "1," * 5_000_001 + "1]", encoding="utf-8")
    assert one(path) == f"{path}: the file has more than 5,000,000 values; make the case smaller"


def test_very_many_wrong_items_answer_soon(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('{"rules": [' + "1," * 1_000_000 + "1]}", encoding="utf-8")
    assert len(load(path).faults) <= 201


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_that_may_not_be_read(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_text(PAIR, encoding="utf-8")
    path.chmod(0)
    assert one(path) == f"{path}: the file cannot be read: Permission denied"
