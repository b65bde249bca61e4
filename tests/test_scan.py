"""Mentions in short texts: ⟦ ⟧ marks what must be found; the columns after it say type, number, name and date."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docsearch.citations.found import Found
from docsearch.citations.scan import scan

CASES = Path(__file__).parent / "cases" / "scan"


def marked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that they enclose, in text order, the wider first."""
    plain, opened, spans = "", [], []
    for sign in text:
        if sign == "⟦":
            opened.append(len(plain))
        elif sign == "⟧":
            spans.append((opened.pop(), len(plain)))
        else:
            plain += sign
    return plain, sorted(spans, key=lambda span: (span[0], -span[1]))


def fields(found: Found) -> tuple[str, str, str, str]:
    return (found.doctype or "", found.number or "", found.name or "", found.issued or "")


def row(line: str) -> tuple[str, str, str, str]:
    """ "Nghị định 108/2014/NĐ-CP 2014-11-20" as fields; a name stands between slashes."""
    parts = [part.strip() for part in line.split("|")]
    return (parts[0], parts[1], parts[2], parts[3])


BROKEN = {
    "page-break": (
        "theo ⟦Nghị định số 143/2020/NĐ-\n\n\n\nCP ngày 10/12/2020⟧ của Chính phủ",
        "Nghị định|143/2020/NĐ-CP||2020-12-10",
    ),
    "page-number-inside": ("⟦Nghị định số 143/2020/NĐ-\n\n12\n\nCP ngày 10/12/2020⟧ của", "Nghị định|143/2020/NĐ-CP||2020-12-10"),
    "gazette-header-inside": (
        "⟦Thông tư số 16/2021/TT-\n\nCÔNG BÁO/Số 282/Ngày 23-05-2026 \n16\n \nBTTTT ngày 29/10/2021⟧ về",
        "Thông tư|16/2021/TT-BTTTT||2021-10-29",
    ),
    "page-number-before-date": ("⟦Quyết định số 60/QĐ-UBND\n\n3\n\nngày 06/02/2023⟧ của", "Quyết định|60/QĐ-UBND||2023-02-06"),
    "space-after-hyphen": ("theo ⟦Nghị định 108/2014/NĐ- CP⟧ của Chính phủ", "Nghị định|108/2014/NĐ-CP||"),
    "space-before-hyphen": ("của ⟦Nghị định số 78/2021/NĐ -CP⟧ ngày", "Nghị định|78/2021/NĐ-CP||"),
    "spaces-everywhere": ("⟦Quyết định số 11/2019/ QĐ- UBND ngày 05/4/2019⟧ của", "Quyết định|11/2019/QĐ-UBND||2019-04-05"),
    "space-before-slash": ("⟦Thông tư số 133 /2016/TT-BTC⟧ hướng dẫn", "Thông tư|133/2016/TT-BTC||"),
    "break-in-number": ("⟦Nghị định số 108/\n2020/NĐ-CP⟧ của", "Nghị định|108/2020/NĐ-CP||"),
    "break-after-marker": ("⟦Nghị quyết số\n24/2021/QH15⟧ của Quốc hội", "Nghị quyết|24/2021/QH15||"),
    "break-in-type": ("⟦Nghị\nđịnh số 66/2021/NĐ-CP⟧ quy định", "Nghị định|66/2021/NĐ-CP||"),
    "break-in-date": ("⟦Quyết định số 21/QĐ-TTg ngày 06\ntháng 01\nnăm 2021⟧ của", "Quyết định|21/QĐ-TTg||2021-01-06"),
    "emphasis": ("*Căn cứ ⟦Nghị quyết số** 203**/2025/QH15⟧ **;*", "Nghị quyết|203/2025/QH15||"),
    "emphasis-in-date": ("**⟦Báo cáo số 420/BC-UBPL ngày 03 tháng 6** năm 2025⟧", "Báo cáo|420/BC-UBPL||2025-06-03"),
    "eth": ("⟦Quyết định số 615/QÐ-UBND⟧ của", "Quyết định|615/QĐ-UBND||"),
    "cyrillic": ("⟦Nghị định số 233/2025/NĐ-CР⟧ của", "Nghị định|233/2025/NĐ-CP||"),
    "cyrillic-ministry": ("⟦Thông tư số 60/2025/TT-BCТ⟧ của", "Thông tư|60/2025/TT-BCT||"),
    "greek": ("⟦Quyết định số 1456/QĐ-BHΧΗ⟧ của", "Quyết định|1456/QĐ-BHXH||"),
    "en-dash": ("⟦Công văn số 35/CV–BCĐ⟧ về", "Công văn|35/CV-BCĐ||"),
    "full-width-slash": ("⟦Nghị định số 30／2020／NĐ-CP⟧ của", "Nghị định|30/2020/NĐ-CP||"),
    "no-marks": ("⟦Quyết định số 60/QD-UBND⟧ của", "Quyết định|60/QD-UBND||"),
    "capital-g": ("⟦Chỉ thị số 16/CT-TTG⟧ của", "Chỉ thị|16/CT-TTG||"),
    "glued-words": ("theo ⟦Nghị định số 30/2020/NĐ-CP⟧quy định", "Nghị định|30/2020/NĐ-CP||"),
    "note-mark": ("⟦Luật số 62/2020/QH14⟧1 của Quốc hội", "Luật|62/2020/QH14||"),
    "glued-marker": ("⟦Nghị định số30/1998/NĐ-CP ngày 13 tháng 5 năm 1998⟧", "Nghị định|30/1998/NĐ-CP||1998-05-13"),
    "doubled-marker": ("⟦Công văn số số 96/VP-ĐT⟧ về", "Công văn|96/VP-ĐT||"),
    "trailing-note": ("⟦Nghị định số 22/2023/NĐ-CP⟧ (1) về", "Nghị định|22/2023/NĐ-CP||"),
    "leading-zeros": ("⟦Thông báo số 0226/TB-UBND⟧ về", "Thông báo|0226/TB-UBND||"),
    "title-in-capitals": (
        "THỰC HIỆN ⟦NGHỊ QUYẾT SỐ 48/NQ-CP NGÀY 03 THÁNG 4 NĂM 2023⟧ CỦA CHÍNH PHỦ",
        "Nghị quyết|48/NQ-CP||2023-04-03",
    ),
    "lower-case": ("căn cứ ⟦nghị định số 108/2014/nđ-cp⟧ của", "Nghị định|108/2014/nđ-cp||"),
    "misread-marker": ("⟦Chỉ thị\nso 41-CT/TW⟧ của", "Chỉ thị|41-CT/TW||"),
    "misread-type": ("⟦Nghi định số 34/2016/NĐ-CP⟧ của", "Nghị định|34/2016/NĐ-CP||"),
    "l-for-1": ("⟦Nghị định số l08/2014/NĐ-CP⟧ của", "Nghị định|l08/2014/NĐ-CP||"),
    "O-for-0": ("⟦Nghị định số O8/2020/NĐ-CP⟧ của", "Nghị định|O8/2020/NĐ-CP||"),
    "O-inside": ("⟦Nghị định số 1O8/2O14/NĐ-CP⟧ của", "Nghị định|1O8/2O14/NĐ-CP||"),
    "date-misread": ("⟦Nghị định số 08/2020/NĐ-CP ngày l0/O1/2020⟧ của", "Nghị định|08/2020/NĐ-CP||2020-01-10"),
    "term-truncated": ("⟦Luật số 95/2025/QH1⟧ của", "Luật|95/2025/QH1||"),
    "term-misread": ("⟦Luật số 91/2015/QHl3⟧ của", "Luật|91/2015/QHl3||"),
    "clipped-type": ("bãi bỏ ⟦Nghị số 24/2013/NQ-HĐND⟧ của", "Nghị quyết|24/2013/NQ-HĐND||"),
}

GRAMMAR = {
    "decimal": ("⟦Nghị quyết số 66.25/2026/NQ-CP⟧ của", "Nghị quyết|66.25/2026/NQ-CP||"),
    "inserted-letter": ("⟦Nghị quyết số 30a/2008/NQ-CP⟧ của", "Nghị quyết|30a/2008/NQ-CP||"),
    "bis": ("⟦Quyết định số 02bis/QĐ-UBND⟧ của", "Quyết định|02bis/QĐ-UBND||"),
    "dispatch": ("⟦Công văn số 228/SNV-TCBCTCPCP ngày 22/02/2022⟧ của", "Công văn|228/SNV-TCBCTCPCP||2022-02-22"),
    "dispatch-ampersand": ("⟦công văn số 2231/SNV-CCHC&PC⟧ về", "Công văn|2231/SNV-CCHC&PC||"),
    "no-hyphen": ("⟦Công văn số 285/CCTTHC⟧ về", "Công văn|285/CCTTHC||"),
    "party": ("⟦Chỉ thị số 16-CT/TU ngày 30/12/2021⟧ của", "Chỉ thị|16-CT/TU||2021-12-30"),
    "party-spaced": ("⟦Văn bản số 9151- CV/BTCTW ngày 29/7/2025⟧ về", "Văn bản|9151-CV/BTCTW||2025-07-29"),
    "party-mixed-case": ("⟦Chương trình số 06-CTr/TU⟧ của", "Chương trình|06-CTr/TU||"),
    "party-rule": ("⟦Quy định số 11-QĐi/TW⟧ của", "Quy định|11-QĐi/TW||"),
    "joint": (
        "⟦Thông tư liên tịch số 09/2014/TTLT-BTP-TANDTC-VKSNDTC-BTC⟧ quy định",
        "Thông tư liên tịch|09/2014/TTLT-BTP-TANDTC-VKSNDTC-BTC||",
    ),
    "joint-slash": ("⟦Thông tư liên tịch số 07/2002/TTLT/BTC-BYT⟧ về", "Thông tư liên tịch|07/2002/TTLT/BTC-BYT||"),
    "joint-lower-case": (
        "⟦thông tư liên tịch số 15/1998/ttlt-byt-btc-blđtbxh⟧ về",
        "Thông tư liên tịch|15/1998/ttlt-byt-btc-blđtbxh||",
    ),
    "consolidated": ("⟦Văn bản hợp nhất số 03/VBHN-VPQH⟧ về", "Văn bản hợp nhất|03/VBHN-VPQH||"),
    "court": ("⟦Nghị quyết số 05/2017/NQ-HĐTP ngày 19/9/2017⟧ của", "Nghị quyết|05/2017/NQ-HĐTP||2017-09-19"),
    "council-of-ministers": ("⟦Nghị định số 25-HĐBT⟧ của Hội đồng Bộ trưởng", "Nghị định|25-HĐBT||"),
    "before-1997": ("⟦Nghị định số 60/CP ngày 05/7/1994⟧ của", "Nghị định|60/CP||1994-07-05"),
    "spaced-symbol": ("⟦Thông tư số 64 TC/TCT⟧ của", "Thông tư|64TC/TCT||"),
    "old-hyphen": ("⟦Thông tư số 89-TC/TCT ngày 09/11/1993⟧ của", "Thông tư|89-TC/TCT||1993-11-09"),
    "ordinance-old": ("⟦Pháp lệnh số 10/2009/PL-UBTVQH12⟧ về", "Pháp lệnh|10/2009/PL-UBTVQH12||"),
    "president": ("⟦Lệnh số 16/2008/L-CTN⟧ của", "Lệnh|16/2008/L-CTN||"),
    "number-like-a-year": ("⟦Quyết định số 2026/QĐ-TTg ngày 02/12/2021⟧ của", "Quyết định|2026/QĐ-TTg||2021-12-02"),
    "five-digits": ("⟦Tờ trình số 16481/TTr-UBND⟧ của", "Tờ trình|16481/TTr-UBND||"),
    "unit-after-point": ("⟦Công văn số 1289/VPCP-V.I⟧ của", "Công văn|1289/VPCP-V.I||"),
    "company": ("⟦công văn số 2025-005/SAV-CHQ ngày 10/11/2025⟧ của", "Công văn|2025-005/SAV-CHQ||2025-11-10"),
    "modifier": ("⟦Báo cáo thẩm tra số 420/BC-UBPL15⟧ của", "Báo cáo|420/BC-UBPL15||"),
    "modifiers-with-comma": ("⟦Báo cáo tiếp thu, giải trình số 500/BC-UBND⟧ của", "Báo cáo|500/BC-UBND||"),
    "conclusion-notice": ("tại ⟦Thông báo kết luận số 30-TB/TGV⟧", "Thông báo|30-TB/TGV||"),
    "without-marker": ("⟦Quyết định 1342/QĐ-UBND⟧ của", "Quyết định|1342/QĐ-UBND||"),
    "short-type": ("⟦QĐ 1907/QĐ-TTg⟧ của", "Quyết định|1907/QĐ-TTg||"),
    "marker-colon": ("⟦Quyết định số: 203/QĐ-UBND⟧ của", "Quyết định|203/QĐ-UBND||"),
    "opening-bracket": ("(⟦Công văn số 85/VP-TTHC ngày 08/01/2025⟧).", "Công văn|85/VP-TTHC||2025-01-08"),
    "bare-with-year": ("và ⟦120/2020/NĐ-CP⟧ quy định", "Nghị định|120/2020/NĐ-CP||"),
    "bare-in-a-cell": ("|\n⟦08-CTr/TU⟧\n|", "Chương trình|08-CTr/TU||"),
    "wildcard": ("⟦văn bản số 574/TB-VPCP⟧ và", "Văn bản|574/TB-VPCP||"),
    "point-inside": ("⟦Quyết định số 101/QĐ.BQL-TC ngày 21/7/2005⟧ và", "Quyết định|101/QĐ.BQL-TC||2005-07-21"),
    "marker-and-colon-apart": ("theo ⟦Quyết định số : 38/2005/QĐ-UBND⟧ của", "Quyết định|38/2005/QĐ-UBND||"),
    "lost-slash": ("theo ⟦Quyết định số 1830 QĐ-UBND ngày 16/07/2021⟧ của", "Quyết định|1830QĐ-UBND||2021-07-16"),
    "prime-minister-before-1997": ("theo ⟦Quyết định số 788-TTg⟧ của", "Quyết định|788-TTg||"),
    "permit-is-none": ("Giấy phép số 35/GP-BTNMT ngày 02/3/2020", ""),
}

NAMES = {
    "date": ("⟦Luật Tổ chức chính quyền địa phương ngày 19/6/2015⟧;", "Luật||Luật Tổ chức chính quyền địa phương|2015-06-19"),
    "number": ("⟦Luật số 80/2015/QH13⟧ của", "Luật|80/2015/QH13||"),
    "name-and-number": ("⟦Luật Nhà ở số 27/2023/QH15⟧;", "Luật|27/2023/QH15|Luật Nhà ở|"),
    "name-and-number-without-marker": (
        "⟦Luật Thuế xuất khẩu, thuế nhập khẩu 107/2016/QH13⟧,",
        "Luật|107/2016/QH13|Luật Thuế xuất khẩu, thuế nhập khẩu|",
    ),
    "code-with-year": ("⟦Bộ luật Lao động năm 2019⟧ quy định", "Bộ luật||Bộ luật Lao động|2019"),
    "year-alone": ("theo ⟦Luật Đất đai 2024⟧.", "Luật||Luật Đất đai|2024"),
    "constitution": ("⟦Hiến pháp năm 2013⟧ quy định", "Hiến pháp||Hiến pháp|2013"),
    "constitution-of-the-state": (
        "Căn cứ ⟦Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam⟧ đã",
        "Hiến pháp||Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam|",
    ),
    "ordinance": ("⟦Pháp lệnh Ngoại hối⟧ và", "Pháp lệnh||Pháp lệnh Ngoại hối|"),
    "comma-inside": ("⟦Luật Phòng, chống thiên tai⟧ và quy định khác", "Luật||Luật Phòng, chống thiên tai|"),
    "comma-left-out": ("⟦Luật Phòng chống tham nhũng năm 2018⟧", "Luật||Luật Phòng chống tham nhũng|2018"),
    "broken-over-lines": ("⟦Luật Tổ chức chính\nquyền địa phương⟧;", "Luật||Luật Tổ chức chính quyền địa phương|"),
    "lower-case-name": ("theo ⟦Luật doanh nghiệp⟧ thì", "Luật||Luật doanh nghiệp|"),
    "lower-case-head": ("theo ⟦luật Đất đai⟧ thì", "Luật||Luật Đất đai|"),
    "in-capitals": ("THI HÀNH ⟦LUẬT ĐẤT ĐAI⟧", "Luật||Luật ĐẤT ĐAI|"),
    "unknown-name": ("⟦Luật Nuôi ong⟧ có hiệu lực", "Luật||Luật Nuôi ong|"),
    "unknown-name-dated": ("⟦Luật nuôi ong mật ngày 01/7/2012⟧;", "Luật||Luật nuôi ong mật|2012-07-01"),
    "stops-before-condition": ("trừ trường hợp ⟦Luật Điện lực⟧ có quy định khác", "Luật||Luật Điện lực|"),
    "stops-before-about": ("⟦Luật Thương mại⟧ về mua bán hàng hóa", "Luật||Luật Thương mại|"),
    "misread": ("⟦Luật Tô Ô chức chính quyên địa phương⟧;", "Luật||Luật Tổ chức chính quyền địa phương|"),
    "emphasis": ("theo ⟦Luật*** **Đất đai số 31/2024/QH15⟧", "Luật|31/2024/QH15|Luật Đất đai|"),
    "number-then-title": (
        "ban hành ⟦Pháp lệnh số 04/2012/UBTVQH13⟧ sửa đổi, bổ sung một số điều của "
        "⟦Pháp lệnh Ưu đãi người có công với cách mạng⟧.",
        "Pháp lệnh|04/2012/UBTVQH13|Pháp lệnh sửa đổi, bổ sung một số điều của Pháp lệnh Ưu đãi người có công với cách mạng|;"
        "Pháp lệnh||Pháp lệnh Ưu đãi người có công với cách mạng|",
    ),
    "amending": (
        "⟦Luật sửa đổi, bổ sung một số điều của ⟦Luật Đê điều⟧ ngày 17/6/2020⟧;",
        "Luật||Luật sửa đổi, bổ sung một số điều của Luật Đê điều|2020-06-17;Luật||Luật Đê điều|",
    ),
    "amending-two": (
        "⟦Luật Sửa đổi, bổ sung\nmột số điều của ⟦Luật Phòng, chống thiên tai⟧ và ⟦Luật Đê điều⟧ ngày 17 tháng 6 năm 2020⟧;",
        "Luật||Luật Sửa đổi, bổ sung một số điều của Luật Phòng, chống thiên tai và Luật Đê điều|2020-06-17;"
        "Luật||Luật Phòng, chống thiên tai|;Luật||Luật Đê điều|",
    ),
    "amending-without-of": (
        "⟦Luật sửa đổi, bổ sung một số điều ⟦Luật Ban hành văn bản quy phạm pháp luật⟧ số 87/2025/QH15⟧;",
        "Luật|87/2025/QH15|Luật sửa đổi, bổ sung một số điều Luật Ban hành văn bản quy phạm pháp luật|;"
        "Luật||Luật Ban hành văn bản quy phạm pháp luật|",
    ),
    "amending-many": (
        "⟦Luật sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch ngày 20/11/2018⟧;",
        "Luật||Luật sửa đổi, bổ sung một số điều của 37 luật có liên quan đến quy hoạch|2018-11-20",
    ),
    "shared-head": (
        "các ⟦Luật Đất đai⟧, ⟦Nhà ở⟧ và ⟦Xây dựng⟧;",
        "Luật||Luật Đất đai|;Luật||Luật Nhà ở|;Luật||Luật Xây dựng|",
    ),
    "two-laws": ("⟦Luật Đất đai⟧, ⟦Luật Nhà ở⟧", "Luật||Luật Đất đai|;Luật||Luật Nhà ở|"),
    "draft-is-none": ("cho ý kiến về dự án Luật Viên chức (sửa đổi)", ""),
    "draft-amending": ("dự thảo Luật sửa đổi, bổ sung một số điều của ⟦Luật Đất đai⟧", "Luật||Luật Đất đai|"),
}

DATES = {
    "slashes": ("⟦Quyết định số 60/QĐ-UBND ngày 06/02/2023⟧", "Quyết định|60/QĐ-UBND||2023-02-06"),
    "comma": ("⟦Kế hoạch số 97/KH-UBND, ngày 30/12/2022⟧ của", "Kế hoạch|97/KH-UBND||2022-12-30"),
    "words": ("⟦Quyết định số 60/QĐ-UBND ngày 01 tháng 6 năm 2023⟧", "Quyết định|60/QĐ-UBND||2023-06-01"),
    "spaced": ("⟦Quyết định số 60/QĐ-UBND ngày 1 / 6 / 2023⟧", "Quyết định|60/QĐ-UBND||2023-06-01"),
    "hyphens": ("⟦Quyết định số 60/QĐ-UBND ngày 05-3-2020⟧", "Quyết định|60/QĐ-UBND||2020-03-05"),
    "points": ("⟦Quyết định số 60/QĐ-UBND ngày 5.3.2020⟧", "Quyết định|60/QĐ-UBND||2020-03-05"),
    "two-digit-year": ("⟦Nghị định số 88/CP ngày 17/8/94⟧ của", "Nghị định|88/CP||1994-08-17"),
    "year-only": ("⟦Quyết định 2873/QĐ-UBND năm 2025⟧ về", "Quyết định|2873/QĐ-UBND||2025"),
    "year-contradicts": ("⟦Nghị định số 60/2021/NĐ-CP⟧ năm 2023 đạt", "Nghị định|60/2021/NĐ-CP||"),
    "day-lost": ("⟦Quyết định số 60/QĐ-UBND ngày    tháng 9 năm 2018⟧", "Quyết định|60/QĐ-UBND||2018-09"),
    "slip": ("⟦Nghị định số 82/2023/NĐ-CP ngày 28 ngày 11 năm 2023⟧", "Nghị định|82/2023/NĐ-CP||2023-11-28"),
    "torn-digits": ("⟦Luật Quy hoạch số 21/2017/QH14 ngày 24/1 1/2017⟧", "Luật|21/2017/QH14|Luật Quy hoạch|2017-11-24"),
    "impossible": ("⟦Quyết định số 60/QĐ-UBND⟧ ngày 31/02/2023", "Quyết định|60/QĐ-UBND||"),
    "behind-issuer": (
        "⟦Thông tư số 22/2021/TT-BTTTT⟧ của Bộ Thông tin và Truyền thông ngày 13/12/2021 về",
        "Thông tư|22/2021/TT-BTTTT||2021-12-13",
    ),
    "not-behind-a-subject": (
        "⟦Nghị định số 43/2014/NĐ-CP⟧ của Chính phủ quy định chi tiết ⟦Luật Đất đai ngày 29/11/2013⟧",
        "Nghị định|43/2014/NĐ-CP||;Luật||Luật Đất đai|2013-11-29",
    ),
    "at-the-head": (
        "Ngày 28/10/2025, Chủ tịch Ủy ban nhân dân Thành phố đã ban hành ⟦Công văn số 3280/UBND-VX⟧ về",
        "Công văn|3280/UBND-VX||2025-10-28",
    ),
    "limit-is-not-it": ("Đến ngày 10/5/2023, UBND huyện có ⟦Công văn số 12/UBND-NC⟧ về", "Công văn|12/UBND-NC||"),
    "between": ("⟦văn bản đề ngày 29 tháng 10 năm 2025 số 16/CV-HHTC⟧ của", "Văn bản|16/CV-HHTC||2025-10-29"),
    "effective-date-is-not-it": ("⟦Quyết định số 60/QĐ-UBND⟧ có hiệu lực từ ngày 01/3/2023", "Quyết định|60/QĐ-UBND||"),
    "placeholder": ("⟦Quyết định số 60/QĐ-UBND⟧ ngày ... tháng ... năm 2023", "Quyết định|60/QĐ-UBND||"),
}

LISTS = {
    "shared-head": (
        "các ⟦Nghị định số 37/2014/NĐ-CP⟧, ⟦108/2020/NĐ-CP⟧",
        "Nghị định|37/2014/NĐ-CP||;Nghị định|108/2020/NĐ-CP||",
    ),
    "with-dates": (
        "các ⟦Nghị định số 98/2007/NĐ-CP ngày 07/6/2007⟧ và ⟦số 13/2009/NĐ-CP ngày 13/02/2009⟧ của Chính phủ",
        "Nghị định|98/2007/NĐ-CP||2007-06-07;Nghị định|13/2009/NĐ-CP||2009-02-13",
    ),
    "dispatches": (
        "các ⟦văn bản số 1407/UBND-NNMT⟧ và ⟦số 1446/UBND-NNMT ngày 03/4/2026⟧",
        "Văn bản|1407/UBND-NNMT||2026-04-03;Văn bản|1446/UBND-NNMT||2026-04-03",
    ),
    "marker-once-colon": (
        "các ⟦Văn bản số:\n2232/UBND-QH ngày 28/3/2014⟧, ⟦6216/UBND-XD ngày 07/9/2015⟧\nvà ⟦5979/UBND-KH ngày 24/11/2017⟧",
        "Văn bản|2232/UBND-QH||2014-03-28;Văn bản|6216/UBND-XD||2015-09-07;Văn bản|5979/UBND-KH||2017-11-24",
    ),
    "colon-before": (
        "các ⟦Nghị quyết: Số 39/2011/NQ-HĐND ngày 12/12/2011⟧, ⟦số 27/2017/NQ-HĐND ngày 14/7/2017⟧",
        "Nghị quyết|39/2011/NQ-HĐND||2011-12-12;Nghị quyết|27/2017/NQ-HĐND||2017-07-14",
    ),
    "shared-date": (
        "các ⟦Thông tư số 01/2026/TT-BCT⟧, ⟦02/2026/TT-BCT ngày 17/01/2026⟧ của Bộ trưởng",
        "Thông tư|01/2026/TT-BCT||2026-01-17;Thông tư|02/2026/TT-BCT||2026-01-17",
    ),
    "issuer-between": (
        "⟦Công văn số 1440/CP-KTTH ngày 31/10/2003⟧ của Chính phủ, ⟦số 2687/VPCP-KTTH⟧",
        "Công văn|1440/CP-KTTH||2003-10-31;Công văn|2687/VPCP-KTTH||",
    ),
    "no-wrong-date": (
        "⟦Nghị định số 108/2014/NĐ-CP⟧, ⟦Nghị định số 143/2020/NĐ-CP ngày 10/12/2020⟧ của",
        "Nghị định|108/2014/NĐ-CP||;Nghị định|143/2020/NĐ-CP||2020-12-10",
    ),
    "pair-of-one-office": (
        "tại ⟦Tờ trình số 378/TTr-CP⟧ và ⟦Đề án số 379/ĐA-CP ngày 09/5/2025⟧",
        "Tờ trình|378/TTr-CP||2025-05-09;Đề án|379/ĐA-CP||2025-05-09",
    ),
    "old": ("các ⟦Nghị định số 60/CP⟧, ⟦61/CP⟧ của Chính phủ", "Nghị định|60/CP||;Nghị định|61/CP||"),
    "one-symbol-is-not-split": (
        "⟦Thông tư liên tịch số 12/2010/TTLT-BCA-BTC⟧, BTC hướng dẫn",
        "Thông tư liên tịch|12/2010/TTLT-BCA-BTC||",
    ),
    "range": (
        "các ⟦Quyết định từ số 12/QĐ-UBND⟧ đến ⟦số 20/QĐ-UBND⟧",
        "Quyết định|12/QĐ-UBND||;Quyết định|20/QĐ-UBND||",
    ),
    "mixed-types": (
        "⟦Tờ trình số 83/TTr-UBND⟧; ⟦Báo cáo số 139/BC-UBND⟧ của",
        "Tờ trình|83/TTr-UBND||;Báo cáo|139/BC-UBND||",
    ),
    "digits-list": (
        "các ⟦Nghị định số 217⟧, ⟦212⟧ và ⟦206⟧ ban hành",
        "Nghị định|217||;Nghị định|212||;Nghị định|206||",
    ),
}

DIGITS = {
    "marker": ("⟦Nghị quyết số 57⟧ của Bộ Chính trị", "Nghị quyết|57||"),
    "no-marker": ("thực hiện ⟦Nghị định 30⟧ về", "Nghị định|30||"),
    "with-year": ("theo ⟦NĐ 108/2014⟧ về", "Nghị định|108/2014||"),
    "short-type": ("theo ⟦QĐ 1907⟧ của", "Quyết định|1907||"),
    "dispatch": ("tại ⟦Công văn 228⟧ của", "Công văn|228||"),
    "letter": ("theo ⟦Nghị quyết 30a⟧ của", "Nghị quyết|30a||"),
    "dated": ("theo ⟦Nghị quyết số 10 ngày 03/6/2017⟧ của", "Nghị quyết|10||2017-06-03"),
}

ALL = {f"{group}-{name}": case for group, table in {
    "broken": BROKEN, "grammar": GRAMMAR, "names": NAMES, "dates": DATES, "lists": LISTS, "digits": DIGITS,
}.items() for name, case in table.items()}  # fmt: skip


@pytest.mark.parametrize(("text", "rows"), ALL.values(), ids=ALL)
def test_mention_is_found(text: str, rows: str) -> None:
    plain, spans = marked(text)
    founds = scan(plain).founds
    assert [plain[f.start : f.end] for f in founds] == [plain[a:b] for a, b in spans]
    assert [fields(f) for f in founds] == [row(line) for line in rows.split(";") if line]


NONE = [
    "Hệ thống quản lý chất lượng TCVN ISO 9001:2015 và ISO 9001: 2015",
    "QCVN 12:2026/BCA, TCVN 14423:2026, QCVN 09:2015/BGTVT",
    "đạt 26/32 chỉ tiêu; 14/410 thủ tục; 45/45 đơn vị; 34,983/40,600 tỷ đồng",
    "Thu ngân sách Q2/2023 đạt 81,25%, giai đoạn 2022 – 2025, ngày 28/5/2023",
    "Mẫu số 01/TKN-CNKD, Mẫu số 29-TTr, mẫu số 01/TT-LLTP, Biểu số 001.N/BCB-TANDTC",
    "Phụ lục số 02/ĐK-TCT và tờ khai 05-ĐK-TCT",
    "CÔNG BÁO/Số 361 + 362/Ngày 28-02-2025",
    "Số:      /BC-UBND, ngày     tháng     năm 2023",
    "Quyết định số …/QĐ-UBND ngày … tháng … năm 2023; Quyết định số ..../QĐ-UBND",
    "ban hành 04 văn bản quy phạm pháp luật, kế hoạch 5 năm, Kế hoạch 05 năm 2021-2025",
    "Sở Kế hoạch và Đầu tư, Chỉ số cải cách hành chính, tổng số văn bản đi",
    "Quyết định này có hiệu lực; Nghị định nêu trên; Luật này; các nghị định của Chính phủ",
    "Bản án số 12/2023/HS-ST ngày 05/5/2023; thụ lý số 30/2017/TLST-LĐ",
    "nhà số 12/3 Nguyễn Huệ; thửa số 15, tờ bản đồ số 3; hóa đơn 1C23TAA; trực 24/7",
    "https://vbpl.example/38/2015/TT-BTC và van.ban/12/QD-UBND.pdf",
    "công ty luật, luật sư, pháp luật Việt Nam, kỷ luật cán bộ, quy luật thị trường, Trường Đại học Luật Hà Nội",
    "điện thoại 0294.3834012, mã số thuế 2100123456, mã thủ tục 1.012345",
    "Luật sư Nguyễn Văn A; Luật gia; cử nhân Luật Kinh tế",
    "Quyết định 15 trường hợp; Nghị quyết 3 nội dung; công văn 2 trang",
    "tốc độ 60 km/h, 12/7 là ngày nghỉ, và/hoặc, 5/người, phường 7/quận 3",
    "theo quy định.\n5.2- Đối với nguyên liệu; theo pháp luật.\n\n5- Thẩm quyền; theo quy định.\n7/ Máy móc",
    "Dự án 5 – Nâng cao hiệu quả; Tiểu dự án 1 - Hỗ trợ; KH 2003/ Ước 2002; mẫu đề cương báo cáo số 05",
    "quy định của pháp luật.\n\n58\nCÔNG BÁO/Số 977 + 978/Ngày 25-7-2025\n",
    "tàu công suất đến 2000 CV 214; www.example/52/2018/TT-BL%C4%90TBXH",
    "dịch COVID-19, cúm A/H5N1, trường THPT số 2, Trạm Y tế số 1/KV",
]


@pytest.mark.parametrize("text", NONE)
def test_look_alike_is_no_mention(text: str) -> None:
    assert [text[f.start : f.end] for f in scan(text).founds] == []


LETTERHEAD = "ỦY BAN NHÂN DÂN HUYỆN AN BÌNH\n\nSố: 265/BC-UBND\n\nAn Bình, ngày 01 tháng 6 năm 2023\n\nBÁO CÁO\n\n"


def test_own_number_line_is_no_citation() -> None:
    scanned = scan(LETTERHEAD + "Thực hiện Kế hoạch số 97/KH-UBND ngày 30/12/2022.")
    assert [f.number for f in scanned.founds] == ["97/KH-UBND"]


def test_own_number_in_annex_heading_is_the_document_itself() -> None:
    scanned = scan(LETTERHEAD + "PHỤ LỤC\n(Kèm theo Báo cáo số 265/BC-UBND ngày 01/6/2023 của UBND huyện)")
    assert (scanned.founds, [f.number for f in scanned.selves]) == ([], ["265/BC-UBND"])


def test_own_number_in_a_table_cell_is_read() -> None:
    scanned = scan("|\nSố:\n71/2025/QĐ-UBND\n|\nCăn cứ Quyết định số 71/2025/QĐ-UBND và Nghị định số 95/2024/NĐ-CP")
    assert [f.number for f in scanned.founds] == ["95/2024/NĐ-CP"]


def test_number_line_in_a_flattened_letterhead_is_read() -> None:
    assert scan("CHÍNH PHỦ_______ Số: 171/2025/NĐ-CP | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").founds == []


def test_number_line_and_title_of_a_law_are_its_own() -> None:
    text = "Luật số: 123/2025/QH15\n\n**LUẬT**\n\nSỬA ĐỔI, BỔ SUNG MỘT SỐ ĐIỀU CỦA LUẬT GIÁO DỤC\n\nCăn cứ Hiến pháp năm 2013;"
    assert [f.name for f in scan(text).founds] == ["Luật GIÁO DỤC", "Hiến pháp"]


def test_head_line_of_a_collection_is_its_own() -> None:
    text = "Thông tư số 23/2011/TT-BCT\nngày 15/06/2011\nBộ Công Thương\n" + "Điều 1. Phạm vi điều chỉnh.\n" * 20
    assert [f.number for f in scan(text + "Thông tư số 23/2011/TT-BCT; Nghị định số 95/2024/NĐ-CP").founds] == ["95/2024/NĐ-CP"]


def test_members_of_a_list_know_its_head() -> None:
    founds = scan("các Nghị định số 37/2014/NĐ-CP, 108/2020/NĐ-CP và số 120/2020/NĐ-CP").founds
    assert [f.head for f in founds] == [-1, 0, 0]


def paper(name: str) -> tuple[str, list[dict[str, object]]]:
    path = CASES / name
    return path.read_text(encoding="utf-8"), json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(p.name for p in CASES.glob("*.txt")) or ["missing.txt"])
def test_paper_is_read_whole(name: str) -> None:
    text, expected = paper(name)
    founds = scan(text).founds
    assert [
        {"text": text[f.start : f.end], "doctype": f.doctype, "number": f.number, "name": f.name, "issued": f.issued}
        for f in founds
    ] == expected


# --- properties -------------------------------------------------------------------------------------------------------

PLAIN = [marked(text)[0] for text, _ in ALL.values()]


def summary(text: str) -> list[tuple[str, str, str, str]]:
    return [fields(f) for f in scan(text).founds]


@pytest.mark.parametrize("text", [t for t in PLAIN if "\n" not in t])
def test_line_breaks_for_spaces_change_nothing(text: str) -> None:
    assert summary(text.replace(" ", "\n")) == summary(text)


@given(st.lists(st.sampled_from([*PLAIN, *NONE, "\n", " ", "/", "-", "số ", "Luật ", "ngày "]), max_size=8))
@settings(max_examples=150, deadline=None)
def test_spans_are_in_order_and_cut_the_text(parts: list[str]) -> None:
    text = "".join(parts)
    founds = scan(text).founds
    assert all(0 <= f.start < f.end <= len(text) for f in founds)
    assert [f.start for f in founds] == sorted(f.start for f in founds)
    for f in founds:
        assert f.number is None or f.start <= f.number_start < f.number_end <= f.end


@given(st.text(alphabet="0123456789/-–. số\nNĐ-CPQUBTgđLuậtngày,();*", max_size=300))
@settings(max_examples=200, deadline=None)
def test_any_text_is_read(text: str) -> None:
    scan(text)


HOSTILE = {
    "digits": "1" * 200_000,
    "slashes": "1/" * 100_000,
    "hyphens": "1-A" * 70_000,
    "symbols": "1/A-" * 50_000,
    "spaces": "số" + " " * 200_000 + "1/NĐ-CP",
    "breaks": "1/NĐ-\n" * 40_000,
    "law-heads": "Luật " * 40_000,
    "amending": "Luật sửa đổi, bổ sung một số điều của " * 6_000,
    "lists": "Nghị định số 1/2020/NĐ-CP, " + "2/2020/NĐ-CP, " * 15_000,
    "dates": "ngày " * 40_000,
    "issuers": "Quyết định số 1/QĐ-UBND của " * 8_000,
    "aliases": "sau đây gọi tắt là " * 10_000,
    "emphasis": "**" * 100_000 + "1/NĐ-CP",
    "capitals": "Ủ" * 200_000,
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_takes_linear_time(text: str) -> None:
    scan(text)
