"""How long texts made to be slow take: one megabyte of each, through the citations alone and through all that is read.

    python -m bench.hostile [--size BYTES] [--only WORD]

No input may take more than two seconds of processor time, and twice the length no more than about twice the time: the ratio
of a whole text to one of half its length stands beside.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from docsearch.citations import find_citations
from docsearch.extraction import understand

LIMIT = 2.0  # seconds of processor time for one megabyte

UNITS = {
    "digits and slashes": "1/2/",
    "digits": "1",
    "slashes": "/",
    "dates": "12/5/2023 ",
    "ratios": "12/34, ",
    "numbers without type": "1/A-B ",
    "one symbol": "1/A-",
    "torn symbols": "1/NĐ-\n",
    "số": "số ",
    "Số: at line ends": "Số:\n",
    "a decree with a list of digits": "Nghị định số 1/2/3/4/5 ",
    "decrees": "Nghị định số 1/2020/NĐ-CP ",
    "a list of decrees": "1/2020/NĐ-CP, ",
    "decrees of": "Nghị định số 1/2020/NĐ-CP của ",
    "decrees by digits": "Nghị định 30 ",
    "decree": "Nghị định ",
    "open brackets": "(",
    "nested brackets": "(Nghị định số 1/2020/NĐ-CP ",
    "closed brackets": ")",
    "pairs of brackets": "()",
    "spaces": " ",
    "line ends": "\n",
    "tabs and line ends": "\t\n",
    "Luật": "Luật ",
    "luật in a line": "luật\n",
    "amending laws": "Luật sửa đổi, bổ sung một số điều của ",
    "laws and": "Luật Đất đai và ",
    "Bộ luật": "Bộ luật ",
    "Hiến pháp": "Hiến pháp ",
    "khoản": "khoản 1 ",
    "articles": "khoản 2 Điều 5 ",
    "Điều 1. at line heads": "Điều 1. A\n",
    "clauses at line heads": "1. A\n",
    "points at line heads": "a) A\n",
    "chapters": "Chương I\n",
    "của": "của ",
    "offices": "Ủy ban nhân dân huyện ",
    "ministries": "Bộ trưởng Bộ Nội vụ, ",
    "open quotes": "“",
    "quotes": '"',
    "quoted papers": "“Nghị định số 1/2020/NĐ-CP” ",
    "ngày": "ngày ",
    "ngày tháng năm": "ngày tháng năm ",
    "bases": "Căn cứ ",
    "bases in lines": "Căn cứ Luật Đất đai;\n",
    "titles": "Nghị định số 1/2020/NĐ-CP quy định về ",
    "nested titles": "Quyết định số 1/QĐ-UBND ban hành Kế hoạch thực hiện ",
    "amended by": "được sửa đổi, bổ sung bởi ",
    "amending decrees": "Nghị định số 1/2020/NĐ-CP sửa đổi, bổ sung ",
    "aliases": "(sau đây gọi tắt là Nghị định 57) ",
    "aliases of decrees": "Nghị định số 57/2020/NĐ-CP (sau đây gọi tắt là Nghị định số 57) ",
    "this decision": "Quyết định này ",
    "the decree above": "Nghị định nêu trên ",
    "a decree and the plan above": "Nghị định số 1/2020/NĐ-CP, Kế hoạch nêu trên; ",
    "codification": "(Điều 1 Thông tư số 20/2009/TT-BCT ",
    "dates at the head": "Ngày 28/10/2025, Chủ tịch ban hành ",
    "capitals": "NGHỊ ĐỊNH SỐ 1/2020/NĐ-CP ",
    "capital letters": "Ủ",
    "table bars": "|",
    "rows": "| 1 | Quyết định số 1/QĐ-UBND | ",
    "emphasis": "**",
    "emphasis round numbers": "**1/NĐ-CP** ",
    "dashes": "- ",
    "rules": "-------\n",
    "semicolons": "; ",
    "full stops": ". ",
    "dots": ".",
    "addresses": "Nơi nhận:\n- Như trên;\n",
    "letterheads": "Số: 1/QĐ-UBND\n",
    "letters": "a",
    "words": "nội dung thực hiện ",
    "full width": "１／",
    "combining marks": "a\u0301\u0302",
}


def seconds(work: Callable[[str], object], text: str) -> float:
    start = time.process_time()
    work(text)
    return time.process_time() - start


def table(size: int, only: str = "") -> float:
    """Prints how long each text takes; the longest time."""
    works: dict[str, Callable[[str], object]] = {"find_citations": find_citations, "understand": understand}
    print(f"{'seconds for ' + str(size):32}" + "".join(f"{name:>16} {'2x':>5}" for name in works))
    slow, worst = 0, ("", 0.0)
    for name, unit in UNITS.items():
        if only not in name:
            continue
        text = unit * (size // len(unit.encode()))
        row = ""
        for work in works.values():
            half, whole = seconds(work, text[: len(text) // 2]), seconds(work, text)
            slow += whole > LIMIT
            worst = max(worst, (name, whole), key=lambda one: one[1])
            row += f"{whole:16.2f} {whole / half if half > 0.01 else float('nan'):5.1f}"
        print(f"{name:32}{row}", flush=True)
    print(f"{slow} over {LIMIT} seconds; the slowest is {worst[0]!r} with {worst[1]:.2f}")
    return worst[1]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=1_000_000, metavar="BYTES")
    parser.add_argument("--only", default="", metavar="WORD")
    args = parser.parse_args()
    table(args.size, args.only)


if __name__ == "__main__":
    main()
