"""Calls of the kernel that fail, or at which the process is killed: the n-th of its kind, for n = 1, 2, 3 until none is left.

So catalogue, search index and lock meet what a failing disk does, without a word of ours in between.  `strace` does it; it
counts the calls of each thread for itself.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count as numbers
from pathlib import Path

from bench.faults.kills import Work
from bench.faults.place import REFUSED, Ended, Place, end, judge, start, still_answers
from bench.faults.rows import Row, Verdict, show

WRITING = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "rename", "unlink", "mkdir")
READING = ("openat", "pread64", "read", "mmap", "newfstatat")


@dataclass(frozen=True, slots=True)
class Strike:
    """What befalls which call: "error=EIO", "error=ENOSPC", "signal=KILL"."""

    call: str
    what: str


def available() -> bool:
    """Whether `strace` is there and may follow our processes."""
    return shutil.which("strace") is not None and struck(lambda: None, Strike("mkdir", "error=EIO"), 1)[0].code == 0


def struck(work: Callable[[], object], strike: Strike, number: int) -> tuple[Ended, bool]:
    """How a process ended whose n-th call was struck, and whether there was such a call."""

    def wait() -> object:  # by no call that may be struck
        signal.sigwait({signal.SIGUSR1})
        return work()

    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1})
    pid, inlet = start(wait)
    tracer = _follow(pid, strike, number)
    os.kill(pid, signal.SIGUSR1)
    ended = end(pid, inlet)
    log = tracer.communicate()[1]
    return ended, "INJECTED" in log or (strike.what == "signal=KILL" and ended.code == -signal.SIGKILL)


def _follow(pid: int, strike: Strike, number: int) -> subprocess.Popen[str]:
    inject = f"inject={strike.call}:{strike.what}:when={number}"
    command = ["strace", "-f", "-p", str(pid), "-e", f"trace={strike.call}", "-e", inject]
    tracer = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    assert tracer.stderr
    tracer.stderr.readline()  # "Process N attached"
    return tracer


def every(place: Place, work: Work, names: tuple[str, ...], what: str, step: int = 1) -> Row:
    """Each `step`-th call of these in turn; then the next run completes."""
    verdicts = [verdict for call in names for verdict in _each(place, work, Strike(call, what), step)]
    failed = [verdict for verdict in verdicts if verdict != "whole"]
    fault = f"{_WORDS[what]} the n-th {', '.join(names)} in {work.name}"
    note = "; ".join(filter(None, [f"n = 1, {1 + step}, {1 + 2 * step} ..." if step > 1 else "every n", *sorted(set(failed))]))
    return Row(fault, len(verdicts), len(verdicts) - len(failed), failed.count("lost"), note)


_WORDS = {"error=EIO": "input/output error from", "error=ENOSPC": "no space at", "signal=KILL": "`kill -9` at"}


def _each(place: Place, work: Work, strike: Strike, step: int) -> Iterator[Verdict]:
    for number in numbers(1, step):
        target = place.copy("struck", work.base)
        ended, hit = struck(partial(work.do, target), strike, number)
        if hit:
            yield _verdict(target, work, strike, number, ended)
        place.drop("struck")
        show(f"{work.name}: {strike.call} {number}")
        if not hit:
            return


def _verdict(target: Path, work: Work, strike: Strike, number: int, ended: Ended) -> Verdict:
    verdict: Verdict
    if ended.code not in (0, REFUSED, -signal.SIGKILL):
        verdict = ended.verdict
    elif work.between.texts and not still_answers(target, work.between):
        verdict = "gone between"
    else:
        verdict = judge(work.done(target), work.wanted)
    if verdict != "whole":
        print(f"{work.name}: {strike.call} {number}, {strike.what}: {verdict} ({ended.code})", file=sys.stderr, flush=True)
    return verdict
