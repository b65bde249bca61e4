"""A small archive of a fictional province: decisions that replace and amend each other, and papers that cite them."""

from __future__ import annotations

from pathlib import Path

from docsearch import library
from docsearch.library import Library

FORM = """ỦY BAN NHÂN DÂN
{office}
-------
Số: {number}

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
{place}, ngày {day:02} tháng {month:02} năm {year}

{doctype}
{title}

{body}

Nơi nhận:
- {recipient};
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

{signer}
"""


def paper(number: str, day: int, month: int, year: int, doctype: str, title: str, body: str, **more: str) -> str:
    facts = {"office": "TỈNH THUẬN GIANG", "place": "Thuận Giang", "signer": "Nguyễn Văn Hoà", "recipient": "Sở Nội vụ"} | more
    facts |= {"number": number, "doctype": doctype, "title": title, "body": body}
    return FORM.format(day=day, month=month, year=year, **facts)


PAPERS = (
    paper(
        "10/2021/QĐ-UBND", 4, 1, 2021, "QUYẾT ĐỊNH", "Ban hành Quy chế quản lý hồ sơ hành chính",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý hồ sơ hành chính.\n\n"
        "Điều 2. Sở Nội vụ chịu trách nhiệm thi hành Quyết định này.",
    ),
    paper(
        "20/2022/QĐ-UBND", 7, 3, 2022, "QUYẾT ĐỊNH", "Ban hành Quy chế quản lý hồ sơ điện tử",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế quản lý hồ sơ điện tử.\n\n"
        "Điều 2. Quyết định này có hiệu lực từ ngày 20/3/2022 và thay thế Quyết định số 10/2021/QĐ-UBND ngày 04/01/2021 của "
        "Ủy ban nhân dân tỉnh Thuận Giang ban hành Quy chế quản lý hồ sơ hành chính.",
    ),
    paper(
        "30/2023/QĐ-UBND", 9, 5, 2023, "QUYẾT ĐỊNH",
        "Sửa đổi, bổ sung một số điều của Quyết định số 20/2022/QĐ-UBND ngày 07/3/2022 của Ủy ban nhân dân tỉnh Thuận Giang",
        "Điều 1. Sửa đổi, bổ sung Điều 1 Quyết định số 20/2022/QĐ-UBND ngày 07/3/2022 của Ủy ban nhân dân tỉnh Thuận Giang.",
    ),
    paper(
        "41/BC-UBND", 6, 6, 2021, "BÁO CÁO", "Kết quả cải cách hành chính 6 tháng đầu năm 2021",
        "1. Đã triển khai Quyết định số 10/2021/QĐ-UBND ngày 04/01/2021 của Ủy ban nhân dân tỉnh Thuận Giang.\n\n"
        "2. Thủ tục hành chính được rà soát; hoà giải ở cơ sở.",
        office="HUYỆN BÌNH LẠC", place="Bình Lạc", signer="Lê Thị Suối",
    ),
    paper(
        "12/KH-UBND", 10, 2, 2023, "KẾ HOẠCH", "Cải cách hành chính năm 2023",
        "1. Thực hiện Quyết định số 20/2022/QĐ-UBND ngày 07/3/2022 của Ủy ban nhân dân tỉnh Thuận Giang.\n\n"
        "2. Rà soát thủ tục hành chính; kiểm tra cải cách hành chính ở các xã.\n\n"
        "3. Thực hiện Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ.",
        office="HUYỆN BÌNH LẠC", place="Bình Lạc", signer="Lê Thị Suối", recipient="Hội đồng nhân dân huyện",
    ),
)  # fmt: skip


def filled(folder: Path, engine: str = "tantivy") -> Library:
    """The archive of these papers, indexed under `folder`."""
    papers = folder / "papers"
    papers.mkdir()
    for n, text in enumerate(PAPERS):
        (papers / f"{n}.txt").write_text(text, encoding="utf-8")
    opened = library.open(folder / "index", engine=engine, create=True)
    opened.index([papers], workers=1)
    return opened
