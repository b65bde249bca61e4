"""What surrounds an archive: other writers, locks left behind, clocks, names, sizes, numbers of files, files that change."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.faults.place import REFUSED, SEED, Place, change, completed, end, in_child, index, judge, start, whole_of
from bench.faults.rows import Row, Verdict, count, papers
from docsearch import library

# --- writers and clocks -----------------------------------------------------------------------------------------------


def two_writers(place: Place, tries: int) -> Row:
    """Two runs at once: one does the work, the other is told who, or comes after it."""
    chance = random.Random(SEED + 8)

    def one(number: int) -> Verdict:
        target = place.folder / f"two-{number}"
        first = start(lambda: index(target, place.corpus))
        time.sleep(chance.uniform(0, 0.2))
        second = start(lambda: index(target, place.corpus))
        codes = [end(*each).code for each in (first, second)]
        if codes not in ([0, 0], [0, REFUSED], [REFUSED, 0]):
            return "broke"
        verdict = judge(completed(target, place.corpus), place.wanted)
        place.drop(target.name)
        return verdict

    return count("two writers at once", tries, one)


def stale_lock(place: Place) -> Row:
    """A lock file that was left: by a process that was killed, half written, of another program, of another machine."""
    left = (
        b"",
        b'{"pid": 1, "host": "may-chu-2", "since": "2023-02-06T08:00:00+07:00"}',
        b'{"pid": 99',
        b"\xff\xfe\0",
        b"x" * 10_000,
    )

    def one(number: int) -> Verdict:
        target = place.copy("locked")
        (target / "lock").write_bytes(left[number])
        found = completed(target, place.corpus)
        place.drop("locked")
        return judge(found, place.wanted)

    return count("a lock file left behind", len(left), one)


JUMPS = (-10 * 365.0, -1.0, -0.02, 0.02, 1.0, 10 * 365.0)  # days


def clock_jumps(place: Place) -> Row:
    """The clock jumps between runs and papers are changed under the wrong time; every change is seen."""

    def one(number: int) -> Verdict:
        corpus, target = place.copy("corpus-c", place.corpus), place.folder / "clock"
        in_child(lambda: _at(JUMPS[number], lambda: index(target, corpus)))
        change(corpus)
        made = time.time_ns() + int(JUMPS[-1 - number] * 86_400e9)
        os.utime(corpus / "002.txt", ns=(made, made))
        in_child(lambda: _at(JUMPS[-1 - number], lambda: index(target, corpus)))
        found, wanted = completed(target, corpus), whole_of(place.folder / "clock-wanted", corpus)
        for name in ("corpus-c", "clock", "clock-wanted"):
            place.drop(name)
        return judge(found, wanted)

    return count("the clock jumps between runs, by half an hour to ten years, both ways", len(JUMPS), one)


def _at(days: float, work) -> None:  # type: ignore[no-untyped-def]
    """Do it with a clock that is wrong by so many days."""
    now, now_ns = time.time, time.time_ns
    time.time = lambda: now() + days * 86_400
    time.time_ns = lambda: now_ns() + int(days * 86_400e9)
    work()


# --- names and sizes --------------------------------------------------------------------------------------------------


def names(place: Place) -> Row:
    """Each name a paper of its own; it must be found, shown and counted, whatever its name."""
    odd = [
        unicodedata.normalize("NFD", "Báo cáo tháng 3.txt").encode(), "Kế hoạch (bản cuối) số 2.txt".encode(),
        b"b\xe1o c\xe1o.txt", b"\xff\xfe\x01.txt", b"hai\ndong.txt", b"\x1b[31mdo.txt", "\u202etxt.cod".encode(), b"-rf.txt",
        b" .txt", b"a.zip!", b"CON.txt", b"n" * 251 + b".txt", "Ủ".encode() * 83 + b".txt", b"no extension", b"a%20b.txt",
        b"'; DROP TABLE files; --.txt",
    ]  # fmt: skip

    def one(number: int) -> Verdict:
        corpus, target = place.folder / "corpus-n", place.folder / "named"
        corpus.mkdir()
        folder = os.fsencode(corpus) + b"/" + odd[-1 - number].replace(b".txt", b"")[:200]
        os.mkdir(folder)  # noqa: PTH102  as below: not Unicode
        for path in (os.fsencode(corpus) + b"/" + odd[number], folder + b"/" + odd[number]):
            with open(path, "wb") as file:  # noqa: PTH123
                file.write(papers().paper(f"{number + len(path)}/BC-UBND").encode())
        ended = in_child(lambda: _named(target, corpus))
        shutil.rmtree(corpus)
        forgotten = in_child(lambda: _named(target, corpus.parent / "corpus"), inline=True)
        place.drop("named")
        return ended.verdict if ended.code else "whole" if ended.said == [2, 2] and forgotten.code == 0 else "lost"

    return count("names that are NFD, not Unicode, hostile or too long", len(odd), one)


def _named(target: Path, corpus: Path) -> object:
    with library.open(target, create=True) as archive:
        archive.index([corpus])
        shown = [archive.show(hit.card.document)[0] for hit in archive.every("cải cách hành chính")]
        return len(shown), sum(ailment.code != "original-changed" for ailment in archive.doctor()) or archive.status().documents


def empty_files(place: Place) -> Row:
    """Nothing at all in files of every kind: each one outcome, the papers beside them read."""
    suffixes = (
        "txt",
        "md",
        "html",
        "docx",
        "doc",
        "pdf",
        "rtf",
        "odt",
        "xlsx",
        "xls",
        "pptx",
        "eml",
        "msg",
        "zip",
        "gz",
        "mht",
        "png",
        "",
    )

    def one(number: int) -> Verdict:
        corpus, target = place.copy("corpus-e", place.corpus), place.folder / "emptied"
        (corpus / f"trống.{suffixes[number]}").touch()
        ended = in_child(lambda: _outcomes(target, corpus), inline=False)
        for name in ("corpus-e", "emptied"):
            place.drop(name)
        return ended.verdict if ended.code else "whole" if ended.said == [len(place.wanted.texts), 1] else "lost"

    return count("empty files, of every kind", len(suffixes), one)


def _outcomes(target: Path, corpus: Path) -> object:
    with library.open(target, create=True) as archive:
        counts = archive.index([corpus], workers=1).counts
        return counts.get("new", 0), counts.get("failed", 0) + counts.get("skipped", 0)


def large_text(place: Place, megabytes: int) -> Row:
    """One text so large, beside others: read whole, its last words found."""
    corpus, target = place.copy("corpus-l", place.corpus), place.folder / "large"
    line = "Ủy ban nhân dân huyện yêu cầu các phòng, ban chuyên môn rà soát hồ sơ đã tiếp nhận, phân công giải quyết đúng hạn.\n"
    block = f"Thực hiện Nghị định số 30/2020/NĐ-CP của Chính phủ về công tác văn thư:\n{line * 20}"  # papers cite as often
    with (corpus / "lớn.txt").open("w", encoding="utf-8") as file:
        for _ in range(megabytes * 1_000_000 // len(block.encode())):
            file.write(block)
        file.write("kết thúc: xyzzyx\n")

    def one(_: int) -> Verdict:
        ended = in_child(lambda: _found(target, corpus), inline=False)
        return ended.verdict if ended.code else "whole" if ended.said == [len(place.wanted.texts) + 1, 1] else "lost"

    started = time.monotonic()
    row = count(f"a text of {megabytes} MB", 1, one, "")
    for name in ("corpus-l", "large"):
        place.drop(name)
    return Row(row.fault, 1, row.survived, row.lost, "; ".join(filter(None, [f"{time.monotonic() - started:.0f} s", row.note])))


def _found(target: Path, corpus: Path) -> object:
    signal.alarm(600)
    with library.open(target, create=True) as archive:
        archive.index([corpus], workers=1)
        return archive.status().documents, archive.search("xyzzyx").total


def many_files(place: Place, files: int) -> Row:
    """So many files in one folder: read, looked at again, half of them removed."""
    corpus, target = place.folder / "corpus-m", place.folder / "many"
    corpus.mkdir()
    for number in range(files):
        papers().put(corpus / f"{number:06d}.txt", f"Công văn số {number}/UBND-VP ngày 05/3/2023 về cải cách hành chính.\n")

    def work() -> object:
        signal.alarm(3600)
        with library.open(target, create=True) as archive:
            counts = [archive.index([corpus]).counts for _ in range(2)]
            for number in range(0, files, 2):
                (corpus / f"{number:06d}.txt").unlink()
            counts.append(archive.index([corpus]).counts)
            return counts[0]["new"], counts[1]["unchanged"], counts[2]["gone"], archive.search("cai cach").total

    started = time.monotonic()
    ended = in_child(work, inline=False)
    fine = ended.said == [files, files, (files + 1) // 2, files // 2]
    for name in ("corpus-m", "many"):
        place.drop(name)
    return Row(
        f"{files:,} files in one folder, then half of them removed",
        1,
        int(fine),
        int(not fine),
        f"{time.monotonic() - started:.0f} s",
    )


# --- files that change ------------------------------------------------------------------------------------------------


def changing(place: Place, tries: int) -> Row:
    """Papers are written anew all the time while they are read; when that ends, the next run knows what they say then."""

    def one(number: int) -> Verdict:
        corpus, target = place.copy("corpus-w", place.corpus), place.folder / "written"
        with _writer(corpus, SEED + number):
            ended = in_child(lambda: _index_often(target, corpus))
        if ended.code:
            return ended.verdict
        time.sleep(0.01)
        found, wanted = completed(target, corpus), whole_of(place.folder / "written-wanted", corpus)
        for name in ("corpus-w", "written", "written-wanted"):
            place.drop(name)
        return judge(found, wanted)

    return count("papers that are written anew while they are read", tries, one)


def _index_often(target: Path, corpus: Path) -> None:
    for _ in range(4):
        index(target, corpus)


@contextmanager
def _writer(corpus: Path, seed: int) -> Iterator[None]:
    """A process that writes papers anew, in place, in pieces, sometimes under their old time, until the block ends."""
    pid, inlet = start(lambda: _write(sorted(corpus.iterdir()), random.Random(seed)))
    try:
        yield
    finally:
        os.kill(pid, signal.SIGTERM)
        end(pid, inlet)


def _write(paths: list[Path], chance: random.Random) -> None:
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    while True:
        path, text = (
            chance.choice(paths),
            papers().paper(f"{chance.randint(1, 99)}/KH-UBND", body="Nội dung.\n" * chance.randint(1, 500)),
        )
        half = len(text) // 2
        with path.open("w", encoding="utf-8") as file:
            file.write(text[:half])
            file.flush()
            time.sleep(0.001)
            file.write(text[half:])
        time.sleep(0.003)
