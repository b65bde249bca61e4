"""What of real files is read, format by format, and why not: `python -m bench.formats [FOLDER] [--ocr CACHE] [--office]`.

FOLDER is ``../shared/data`` where not said; every file in it is read, in a worker, as `docsearch index` does.  Prints for each
format how many files, how many are read, the share, and the middle time of one; then each file that is not read, with the
reason, where a folder has more than a few for one reason only how many; and how many pages were seen by OCR.  ``--ocr``
keeps what OCR saw in a folder, for the next run.  ``--office`` sets the words of .doc and .rtf files against those that
LibreOffice writes (`soffice` must be there).
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

from docsearch import legacy, readers
from docsearch.errors import ReadError, UnknownFormat
from docsearch.readers.isolation import ReaderPool, Reading
from docsearch.vietnamese import clean

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
FEW = 3  # files of one folder that are named one by one


def share(paths: Sequence[Path], cache: Path | None) -> dict[Path, Reading]:
    """Read them all, in a worker, and print what became of each format."""
    times: dict[str, list[float]] = defaultdict(list)
    read: dict[Path, Reading] = {}
    missing: dict[Path, ReadError] = {}
    forms: dict[Path, str] = {}
    with ReaderPool(1, cache=cache) as pool:
        for path in paths:
            started = time.perf_counter()
            _, result = next(pool.read_all([path]))
            forms[path] = readers.sniff(path.read_bytes(), path.name)
            times[forms[path]].append(time.perf_counter() - started)
            if isinstance(result, Reading):
                read[path] = result
            else:
                missing[path] = result
    counts = Counter(forms[path] for path in read)
    for form, took in sorted(times.items()):
        rate = f"{counts[form]:4} of {len(took):4} read, {counts[form] / len(took):5.0%}"
        print(f"{form:8} {rate}, {statistics.median(took) * 1000:8.1f} ms in the middle   {readers.describe(form)}")
    papers = len(paths) - sum(isinstance(error, UnknownFormat) for error in missing.values())
    print(f"all that may be papers: {len(read)} of {papers}, {len(read) / max(papers, 1):.1%}")
    tell(missing)
    print(f"pages seen by OCR: {sum(note.startswith('ocr:') for reading in read.values() for note in reading.raw.notes)}")
    return read


def tell(missing: dict[Path, ReadError]) -> None:
    """Print what is not read, and why."""
    reasons: dict[tuple[Path, str], list[Path]] = defaultdict(list)
    for path, error in missing.items():
        reasons[path.parent, error.reason].append(path)
    for (folder, reason), paths in reasons.items():
        names = ", ".join(path.name for path in paths) if len(paths) <= FEW else f"{len(paths)} *{paths[0].suffix}"
        print(f"not read: {folder.name}/ {names}: {reason}")


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
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    parser.add_argument("--ocr", type=Path)
    parser.add_argument("--office", action="store_true")
    options = parser.parse_args()
    read = share(sorted(path for path in options.folder.rglob("*") if path.is_file()), options.ocr)
    if options.office:
        office(read)


if __name__ == "__main__":
    main()
