"""The documents are true: every command and option has words in both languages; the README lists the commands as they are.

Write the list again with ``DOCSEARCH_REGENERATE=1 pytest tests/test_docs.py`` and review the difference.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import unicodedata
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from docsearch.cli import cli
from docsearch.cli.wording import WORDS
from docsearch.query.pieces import FIELDS, field_named

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = cli.list_commands(click.Context(cli))


def command_of(name: str) -> click.Command:
    found = cli.get_command(click.Context(cli), name)
    assert found is not None
    return found


def help_of(name: str, lang: str) -> str:
    result = CliRunner().invoke(cli, ["--lang", lang, name, "--help"], prog_name="docsearch", terminal_width=100)
    assert result.exit_code == 0, result.output
    return result.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_words_in_both_languages(name: str) -> None:
    keys = [name, *(max(p.opts, key=len) for p in command_of(name).params if isinstance(p, click.Option))]
    for key in keys:
        vietnamese, english = WORDS[key]
        assert vietnamese and english and vietnamese != english, key


@pytest.mark.parametrize("name", COMMANDS)
def test_help_speaks_the_language_asked_for(name: str) -> None:
    first = [WORDS[name][n].partition("\n")[0] for n in (0, 1)]
    assert " ".join(first[0].split())[:30] in " ".join(help_of(name, "vi").split())
    assert " ".join(first[1].split())[:30] in " ".join(help_of(name, "en").split())


def command_list(lang: str) -> str:
    column = 0 if lang == "vi" else 1
    rows = ["| lệnh | việc |" if lang == "vi" else "| command | what it does |", "|---|---|"]
    for name in COMMANDS:
        pieces = (p for p in command_of(name).collect_usage_pieces(click.Context(command_of(name))) if p != "[OPTIONS]")
        rows.append(f"| `{' '.join(['docsearch', name, *pieces])}` | {WORDS[name][column].partition(chr(10))[0]} |")
    return "\n".join(rows)


@pytest.mark.parametrize(("readme", "lang"), [("README.md", "en"), ("README.vi.md", "vi")])
def test_readme_lists_the_commands_as_they_are(readme: str, lang: str) -> None:
    path = ROOT / readme
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(r"(<!-- commands -->\n).*?(\n<!-- /commands -->)", re.DOTALL)
    wanted, count = pattern.subn(lambda m: m[1] + command_list(lang) + m[2], text)
    assert count == 1
    if os.environ.get("DOCSEARCH_REGENERATE"):
        path.write_text(wanted, encoding="utf-8")
        text = wanted
    assert text == wanted


def test_python_of_the_readme_runs_as_it_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "corpus" / "huyen-binh-lac", tmp_path / "corpus" / "huyen-binh-lac")
    monkeypatch.chdir(tmp_path)
    code = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert code
    exec(compile(code[1], "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert "241/BC-UBND 2023-06-02" in printed
    assert "108/2014/NĐ-CP" in printed


GUIDE = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")


def part_of_guide(name: str) -> str:
    found = re.search(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", GUIDE, re.DOTALL)
    assert found
    return found[1]


def test_the_guide_names_every_field_and_only_fields() -> None:
    rows = [line.split("|")[1:3] for line in part_of_guide("fields").splitlines()[2:]]
    named = {name for cells in rows for cell in cells for name in re.findall(r"`([^`:]+):", cell)}
    assert len(named) > 50
    assert [name for name in named if field_named(name) is None] == []
    assert set(FIELDS.values()) - {field_named(name) for name in named} == {"body"}


@pytest.mark.parametrize("line", re.findall(r"`docsearch ([a-z][^`]*)`", GUIDE))
def test_the_guide_shows_commands_and_options_that_exist(line: str) -> None:
    name, *rest = shlex.split(line)
    options = {option for parameter in command_of(name).params for option in parameter.opts}
    assert {word for word in rest if word.startswith("--")} <= options


def test_the_guide_answers_ten_questions_with_a_line_each() -> None:
    lines = re.findall(r"^\| (\d+) \| .+ / .+ \| `docsearch [^`]+` \|$", part_of_guide("questions"), re.MULTILINE)
    assert lines == [str(n) for n in range(1, 11)]


def test_every_text_file_is_nfc() -> None:
    names = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("docsearch/**/*.py"), *ROOT.glob("docsearch/**/*.toml")]
    assert len(names) > 20
    assert [str(p) for p in names if not unicodedata.is_normalized("NFC", p.read_text(encoding="utf-8"))] == []
