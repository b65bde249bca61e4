"""The command that tries out the table of faults, in a short form; the whole table is in docs/faults.md."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs POSIX processes")
@pytest.mark.timeout(300)
def test_the_table_is_tried_out_in_a_short_form() -> None:
    command = [sys.executable, "-m", "bench.faults", "--tries", "0.02", "--only", "kill", "damage"]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    rows = re.findall(r"^\| (.+?) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|", done.stdout, re.M)
    assert len(rows) == 9
    assert [row for row in rows if row[1] != row[2] or row[3] != "0"] == [], done.stderr
    assert done.returncode == 0


def test_the_page_says_how_it_was_made_and_that_nothing_was_lost() -> None:
    page = (ROOT / "docs" / "faults.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| ") and not line.startswith("| fault")]
    assert "python -m bench.faults" in page
    assert len(rows) > 40
    assert {row[3] for row in rows} == {"0"}
