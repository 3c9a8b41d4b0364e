"""What was passed is kept, whatever happens to the file; `progress` and `statement` read it."""

import datetime
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from bs4 import BeautifulSoup

from nnlib import chapters
from nnlib.exercises import catalogue, check, progress, record, statement
from nnlib.exercises.stating import FILE

ROOT = Path(__file__).parents[2]
FIRST, SECOND, THIRD = [exercise.identifier for exercise in catalogue.exercises("losses")][:3]
DAY = datetime.date(2026, 1, 31)


@pytest.fixture(autouse=True)
def file(tmp_path, monkeypatch):
    """A record of this test's own, and a session in which nothing was passed yet."""
    place = tmp_path / "home" / "progress.jsonl"
    monkeypatch.setenv(record.SETTING, str(place))
    monkeypatch.setattr(record, "_of_this_session", {})
    return place


@pytest.fixture
def new_session(monkeypatch):
    """Forget, as the end of a kernel does, what is only remembered."""
    return lambda: monkeypatch.setattr(record, "_of_this_session", {})


def line(identifier, day=DAY):
    return json.dumps({"passed": identifier, "on": day.isoformat()}) + "\n"


# --- what is kept --------------------------------------------------------------------------------


def test_a_check_that_passes_is_kept_and_one_that_does_not_is_not(file, new_session, capsys):
    exercise = catalogue.find(FIRST)
    for answer in (..., lambda *args: None, exercise.mistakes[0].answers[0]):
        check(FIRST, answer)
    assert record.passed() == {}
    assert not file.exists()
    check(FIRST, exercise.solution)
    new_session()
    assert record.passed() == {FIRST: datetime.date.today()}
    assert "Passed." in capsys.readouterr().out


def test_once_passed_it_keeps_its_day_and_its_line(file):
    file.parent.mkdir()
    file.write_text(line(FIRST))
    record.add(FIRST)
    assert record.passed() == {FIRST: DAY}
    assert file.read_text() == line(FIRST)


def test_a_crash_at_any_byte_loses_the_last_line_only(file, new_session):
    whole = line(FIRST) + line(SECOND)
    file.parent.mkdir()
    for end in range(len(line(FIRST)), len(whole)):
        file.write_text(whole[:end])
        new_session()
        assert FIRST in record.passed()
        record.add(THIRD)
        new_session()
        assert {FIRST, THIRD} <= record.passed().keys() <= {FIRST, SECOND, THIRD}


@pytest.mark.parametrize(
    "damage",
    [b"\xff\x00\x80", b"{}", b"[]", b"null", b"3", b'"text"', b'{"passed": "losses.x"}',
     b'{"passed": "losses.x", "on": "yesterday"}', b'{"passed": "losses.x", "on": 7}',
     b"[" * 100_000],
)  # fmt: skip
def test_a_damaged_line_is_passed_over(file, damage):
    file.parent.mkdir()
    file.write_bytes(line(FIRST).encode() + damage + b"\n" + line(SECOND).encode())
    assert record.passed() == {FIRST: DAY, SECOND: DAY}


def test_two_notebooks_at_once_lose_nothing(file):
    code = "import sys\nfrom nnlib.exercises import record\n" \
           "for i in range(150): record.add(f'{sys.argv[1]}.{i}')"
    both = [subprocess.Popen([sys.executable, "-c", code, name], cwd=ROOT, env=os.environ)
            for name in ("one", "two")]
    assert [process.wait() for process in both] == [0, 0]
    assert record.passed().keys() == {f"{name}.{i}" for name in ("one", "two") for i in range(150)}


def test_where_nothing_can_be_written_it_is_remembered_and_said(tmp_path, monkeypatch, new_session):
    (tmp_path / "a file").touch()
    unwritable = tmp_path / "a file" / "progress.jsonl"     # for the superuser, too
    monkeypatch.setenv(record.SETTING, str(unwritable))
    record.add(FIRST)
    assert record.passed() == {FIRST: datetime.date.today()}
    assert f"until this kernel ends: {unwritable} cannot be written" in progress().note
    new_session()
    assert record.passed() == {}


def test_a_folder_in_the_place_of_the_file_does_no_harm(file):
    file.mkdir(parents=True)
    record.add(FIRST)
    assert FIRST in record.passed()
    assert not record.is_kept()


def test_without_a_home_folder_it_is_remembered(monkeypatch):
    monkeypatch.delenv(record.SETTING)

    def no_home(self):
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "expanduser", no_home)
    record.add(FIRST)
    assert FIRST in record.passed()
    assert "there is no home folder" in progress().note


# --- what is shown -------------------------------------------------------------------------------


def test_progress_counts_by_chapter_and_names_what_is_open():
    for exercise in catalogue.exercises("losses")[1:]:
        record.add(exercise.identifier)
    record.add("losses.of_an_older_edition")
    count = len(catalogue.exercises("losses"))
    shown = progress()
    assert (shown.passed, shown.total) == (count - 1, len(catalogue.exercises()))
    text = repr(shown)
    assert f"{count - 1} of {len(catalogue.exercises())} exercises passed" in text
    [row] = [one for one in text.splitlines() if " Losses " in one]
    assert f"{count - 1} of {count}   open: {FIRST.partition('.')[2]}" in row
    assert text.count("   open: ") == 1           # the path of the file may say "open", too
    assert repr(progress("losses")).startswith(f"{count - 1} of {count} exercises passed")


def test_the_table_in_a_notebook_says_the_same():
    record.add(FIRST)
    table = BeautifulSoup(progress()._repr_html_(), "html.parser")
    assert table.caption.get_text().startswith("1 of ")
    rows = {row.th.get_text(): row.find_all("td") for row in table.tbody.find_all("tr")}
    assert len(rows) == len(catalogue.chapters())
    passed, still = (cell.get_text() for cell in rows["6 Losses"])
    assert passed.strip() == f"1 of {len(catalogue.exercises('losses'))}"
    assert SECOND.partition(".")[2] in still
    assert FIRST.partition(".")[2] not in still


def test_an_unknown_chapter_is_said():
    with pytest.raises(ValueError, match=r"progress expected one of learning_loop, .*, got 'loss'"):
        progress("loss")


def test_the_chapters_stand_in_the_order_of_the_book():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    files = [entry["file"] for part in toc["parts"] for entry in part["chapters"]]
    numbered = {int(name[:2]): name[3:] for name in files if name[:2].isdecimal()}
    assert {n: chapters.ORDER[n - 1] for n in numbered} == numbered
    rooms = {path.parent.name for path in (ROOT / "nnlib" / "chapters").glob("*/exercises")}
    assert rooms == set(catalogue.chapters())
    assert catalogue.chapters()[-len(chapters.PRACTICE):] == list(chapters.PRACTICE)


def test_a_page_of_practice_is_counted_without_a_number():
    record.add("debugging.case_a")
    count = len(catalogue.exercises("debugging"))
    [row] = [one for one in repr(progress()).splitlines() if " Debugging laboratory " in one]
    assert row.startswith("   Debugging laboratory ")
    assert f"1 of {count}   open: case_b" in row
    bars = {one.index("of") for one in repr(progress()).splitlines()[1:-1]}
    assert len(bars) == 1                          # the columns stand below each other
    table = BeautifulSoup(progress("debugging")._repr_html_(), "html.parser")
    assert [head.get_text() for head in table.tbody.find_all("th")] == ["Debugging laboratory"]


def test_the_script_of_the_pages_counts_the_same_pages_of_practice():
    script = (ROOT / "book" / "_assets" / "progress.js").read_text(encoding="utf-8")
    [listed] = re.findall(r"PRACTICE = (\[.*?\]);", script)
    assert json.loads(listed) == list(chapters.PRACTICE)
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    [files] = [[entry["file"] for entry in part["chapters"]] for part in toc["parts"]
               if part["caption"] == "Practice"]
    assert set(chapters.PRACTICE) <= set(files)


# --- the statement -------------------------------------------------------------------------------


def test_the_statement_waits_for_the_last_exercise(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    *most, last = [exercise.identifier for exercise in catalogue.exercises()]
    for identifier in most:
        record.add(identifier)
    statement("Ada")
    assert f"1 of {len(most) + 1} exercises are still open: {last}" in capsys.readouterr().out
    assert not Path(FILE).exists()
    record.add(last)
    statement(' Ada & <b>"Lovelace"</b> ')
    page = BeautifulSoup(Path(FILE).read_text(encoding="utf-8"), "html.parser")
    assert page.find(class_="name").get_text() == 'Ada & <b>"Lovelace"</b>'
    said = " ".join(page.get_text().split())
    assert f"all {len(most) + 1} exercises" in said
    assert f"in {len(chapters.ORDER)} chapters and {len(chapters.PRACTICE)} page" in said
    assert not page.find_all(["script", "link", "img"])     # nothing from elsewhere


@pytest.mark.parametrize("name", [None, "", "  ", 3])
def test_a_statement_is_about_somebody(name):
    with pytest.raises(TypeError, match="statement expected a name as text, got"):
        statement(name)
