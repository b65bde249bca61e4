"""What of real files is read, format by format, and how well: `python -m bench.formats [--office] [DATA]`.

DATA is ``../shared/data`` where not said.  Prints for each format how many files, how many are read, and the middle time of one;
each file that is not read, with the reason; and for legacy files with transcripts how many of the letters with marks came
back.  ``--office`` sets the words of .doc and .rtf files against those that LibreOffice writes (`soffice` must be there).
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from docsearch import legacy, readers
from docsearch.readers.isolation import ReaderPool, Reading
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
NAMES = {".txt", ".pdf", ".doc", ".docx", ".html", ".htm", ".gz", ".rtf", ".xls", ".xlsx", ".odt", ".eml", ".msg", ".zip", ".mht"}
FOLDERS = (
    "administrative_txt", "pdf_digital", "doc_unicode", "doc_tcvn3", "docx", "html_vbpl", "html_vbpl_fullpage",
    "legacy_viparse/files",
)  # fmt: skip


def papers(data: Path) -> list[Path]:
    """The files to read."""
    return [path for folder in FOLDERS for path in sorted((data / folder).glob("*")) if path.suffix.lower() in NAMES]


def share(paths: Sequence[Path]) -> dict[Path, Reading]:
    """Read them all, in a worker, and print what became of each format."""
    found: dict[str, list[float]] = defaultdict(list)
    counts: Counter[str] = Counter()
    read: dict[Path, Reading] = {}
    missing: list[str] = []
    with ReaderPool(1) as pool:
        for path in paths:
            started = time.perf_counter()
            _, result = next(pool.read_all([path]))
            form = readers.sniff(path.read_bytes(), path.name)
            found[form].append(time.perf_counter() - started)
            if isinstance(result, Reading):
                read[path] = result
                counts[form] += 1
            else:
                missing.append(str(result))
    for form, times in sorted(found.items()):
        print(f"{form:6} {counts[form]:4} of {len(times):4} read, {statistics.median(times) * 1000:6.1f} ms in the middle")
    print(*missing or ["all are read"], sep="\n")
    return read


# --- legacy text against transcripts ----------------------------------------------------------------------------------


def is_marked(char: str) -> bool:
    """Whether a letter has a mark, as most Vietnamese ones do."""
    return char in "đĐ" or len(unicodedata.normalize("NFD", char)) > 1


def returned(truth: str, text: str) -> tuple[int, int]:
    """How many of the marked letters of a transcript came back, and how many there are."""
    left, right = truth.split(), text.split()
    kept = 0
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            kept += sum(map(is_marked, "".join(left[i1:i2])))
        else:
            kept += _kept(" ".join(left[i1:i2]), " ".join(right[j1:j2]))
    return kept, sum(map(is_marked, truth))


def _kept(truth: str, text: str) -> int:
    blocks = SequenceMatcher(None, truth, text, autojunk=False).get_matching_blocks()
    return sum(is_marked(char) for block in blocks for char in truth[block.a : block.a + block.size])


def transcripts(data: Path, read: dict[Path, Reading]) -> None:
    """Print the share of marked letters that came back, with capitals as in the transcript and without regard to them."""
    sums = [[0, 0], [0, 0]]
    for path, reading in read.items():
        truth = data / "legacy_viparse" / "truth" / f"{path.stem}.txt"
        if path.parent.name == "files" and truth.exists():
            pair = [unicodedata.normalize("NFC", each) for each in (truth.read_text("utf-8"), "\n".join(reading.raw.pages))]
            for total, texts in zip(sums, (pair, [each.lower() for each in pair]), strict=True):
                kept, all_ = returned(*texts)
                total[0] += kept
                total[1] += all_
    for (kept, all_), how in zip(sums, ("as in the transcripts", "capitals as small letters"), strict=True):
        print(f"marked letters {how}: {kept:,} of {all_:,}, {kept / max(all_, 1):.4f}")


# --- Word files against LibreOffice -----------------------------------------------------------------------------------


def office(read: dict[Path, Reading]) -> None:
    """Print the Word files whose words are not those that LibreOffice writes."""
    paths = [path for path in read if path.suffix.lower() in (".doc", ".rtf")]
    same = 0
    for path, theirs in zip(paths, _converted(paths), strict=True):
        ours = _words("\n".join(read[path].raw.pages))
        matcher = SequenceMatcher(None, ours, _words(theirs), autojunk=False)
        differences = [op for op in matcher.get_opcodes() if op[0] != "equal"]
        same += not differences
        if differences:
            print(f"{path.name}: {matcher.ratio():.4f}, {len(differences)} places")
    print(f"{same} of {len(paths)} Word files: the same words")


def _converted(paths: Sequence[Path]) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        command = ["soffice", "--headless", "--convert-to", "txt:Text", "--outdir", folder]
        subprocess.run([*command, *map(str, paths)], capture_output=True, check=False)
        for path in paths:
            made = Path(folder, f"{path.stem}.txt")
            yield made.read_text("utf-8-sig") if made.exists() else ""


def _words(text: str) -> list[str]:
    encoding = legacy.detect(text, (".VnTime",))
    return re.findall(r"\w+", clean(legacy.convert(text, encoding) if encoding else text).lower())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=DATA)
    parser.add_argument("--office", action="store_true")
    arguments = parser.parse_args()
    read = share(papers(arguments.data))
    transcripts(arguments.data, read)
    if arguments.office:
        office(read)


if __name__ == "__main__":
    main()
