"""Text in the manner of official papers that cites nothing: made from templates, the same each time.

    python -m bench.negatives [--size CHARACTERS] [--show N] [--writing plain|bare|capitals]

Each line belongs to a class of look-alikes: standards, form codes, ratios, plates, parcels, court files, tables, minutes ...
Every mention found in it is false; the table says how many a megabyte, by class.  Places, people and firms are invented.
``bare`` is without diacritics, as old mail and file names have it.
"""

from __future__ import annotations

import argparse
import random
import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator

from docsearch.citations import find_citations

PIECE = 30_000  # characters of one text
SIZE = 2_000_000

_PLACES = ("Thuận Giang", "Bình Lạc", "Cẩm Trà", "Kim Trạch", "Hòa Khê", "Gò Sậy", "Lộc Trà", "An Bồi", "Vĩnh Bồi", "Bến Lở")
_PEOPLE = ("Đoàn Thị Mỹ Duyên", "Trần Văn Khởi", "Lê Hữu Phước", "Nguyễn Thị Lài", "Phạm Quốc Thới", "Huỳnh Ngọc Sang")
_FIELDS = ("đất đai", "hộ tịch", "xây dựng", "y tế", "giáo dục", "nông nghiệp", "giao thông", "tài chính", "nội vụ", "môi trường")
_UNITS = ("hồ sơ", "thủ tục", "trường hợp", "hộ", "người", "văn bản", "cuộc", "lượt", "công trình", "dự án", "chỉ tiêu")
_OFFICES = (
    "Ủy ban nhân dân huyện", "Phòng Nội vụ", "Sở Kế hoạch và Đầu tư", "Văn phòng Ủy ban nhân dân tỉnh", "Phòng Tài chính",
    "Hội đồng nhân dân xã", "Ban Quản lý dự án đầu tư xây dựng", "Trung tâm Y tế huyện", "Hội Luật gia tỉnh", "Đoàn Luật sư tỉnh",
)  # fmt: skip
_LETTERS = "ABCDĐEGHKLMNPQSTVXY"

_FILL: dict[str, Callable[[random.Random], str]] = {
    "n": lambda r: str(r.randint(1, 99)),
    "nn": lambda r: f"{r.randint(1, 99):02}",
    "nnn": lambda r: str(r.randint(100, 999)),
    "nnnn": lambda r: str(r.randint(1000, 9999)),
    "y": lambda r: str(r.randint(1995, 2026)),
    "day": lambda r: f"{r.randint(1, 28):02}/{r.randint(1, 12):02}/{r.randint(2010, 2026)}",
    "words": lambda r: f"{r.randint(1, 28):02} tháng {r.randint(1, 12)} năm {r.randint(2010, 2026)}",
    "dm": lambda r: f"{r.randint(1, 28)}/{r.randint(1, 12)}",
    "pct": lambda r: f"{r.randint(1, 99)},{r.randint(0, 99):02}%",
    "dec": lambda r: f"{r.randint(1, 999)},{r.randint(1, 999)}",
    "sum": lambda r: f"{r.randint(1, 999)}.{r.randint(0, 999):03}.{r.randint(0, 999):03}",
    "phone": lambda r: f"02{r.randint(10, 99)}{r.choice(['.', '', ' '])}{r.randint(3000000, 3999999)}",
    "mobile": lambda r: f"09{r.randint(10, 99)}.{r.randint(100, 999)}.{r.randint(100, 999)}",
    "tax": lambda r: f"{r.randint(1000000000, 3999999999)}",
    "place": lambda r: r.choice(_PLACES),
    "person": lambda r: r.choice(_PEOPLE),
    "field": lambda r: r.choice(_FIELDS),
    "unit": lambda r: r.choice(_UNITS),
    "office": lambda r: r.choice(_OFFICES),
    "L": lambda r: r.choice(_LETTERS),
    "LL": lambda r: "".join(r.choices(_LETTERS, k=2)),
    "LLL": lambda r: "".join(r.choices(_LETTERS, k=3)),
    "roman": lambda r: r.choice(["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]),
}

TEMPLATES: dict[str, tuple[str, ...]] = {
    "standards": (
        "Hệ thống quản lý chất lượng theo TCVN ISO 9001:2015 được duy trì tại {n}/{n} đơn vị.",
        "Áp dụng QCVN {nn}:{y}/BTNMT, QCVN {nn}-MT:{y}/BTNMT và TCVN {nnnn}:{y}.",
        "Nước thải đạt cột B, QCVN {n}:{y}/BTNMT; bê tông theo TCVN {nnnn}-{n}:{y}.",
        "Phòng thử nghiệm được công nhận ISO/IEC 17025:{y}, mã số VILAS {nnn}.",
        "Thiết bị phù hợp EN {nnn}-{n}:{y}, IEC {nnnn}-{n} và ASTM {L}{nnn}-{nn}.",
        "Quy chuẩn kỹ thuật quốc gia QCVN {nn}:{y}/BXD về an toàn cháy cho nhà và công trình.",
        "Ký hiệu QCVN {nn} : {y}/BGTVT. Tiêu chuẩn cơ sở TCCS {nn}:{y}/{LLL}.",
    ),
    "forms": (
        "Đơn đề nghị theo Mẫu số {nn}/{LLL}-{LL} và mẫu số {nn}-{LLL}.",
        "Lập Biểu số {nn}/BC-{LLL} gửi trước ngày {n} hằng tháng; Biểu số {nnn}.N/BCB-{LLL}.",
        "Tờ khai mẫu {nn}-ĐK-TCT, tờ khai số {nn}/GTGT, Phiếu lý lịch tư pháp số 2.",
        "Phụ lục số {nn}/ĐK-{LLL}; Phụ lục {roman}.{n}; Bảng số {nn}/TH.",
        "Ghi vào sổ theo mẫu S{nn}a-{LL}, C{nn}a-HD và Mẫu số {nn}{L}.",
        "Phiếu đánh giá số {nn}/PĐG-{LLL}, phiếu yêu cầu số {nnn}/PYC.",
        "Nộp Tờ khai theo Mẫu số {nn}-TTr và danh mục theo mẫu số {nn}/DM-{LL}.",
    ),
    "gazette": (
        "CÔNG BÁO/Số {nnn} + {nnn}/Ngày {nn}-{nn}-{y}",
        "{nn}\nCÔNG BÁO/Số {nnn}/Ngày 28-02-{y}",
        "Ký bởi: Cổng Thông tin điện tử\nThời gian ký: {nn}.{nn}.{y} 09:46:39 +07:00",
        "Trang {n}/{nn}",
    ),
    "ratios": (
        "Kết quả đạt {n}/{nn} {unit}, tỷ lệ {pct}; còn {n}/{nnn} {unit} đang xử lý.",
        "Giải ngân {dec}/{dec} tỷ đồng, đạt {pct} kế hoạch vốn.",
        "Có {n}/{n} xã, thị trấn hoàn thành; {nnn}/{nnnn} {unit} đúng hạn.",
        "Tỷ lệ biểu quyết: {n}/{n} đại biểu, trực 24/7, điểm {n},{n}/10.",
        "Quân số tham gia {nn}/{nn} đồng chí; mật độ {nnn} người/km2; {n} người/hộ.",
        "Chỉ tiêu {n}/{n}, {n}/{n}, {nn}/{nnn}; xếp hạng {nn}/{nn} địa phương.",
    ),
    "counts": (
        "Ban hành {nn} văn bản, {n} kế hoạch, {n} quyết định và {nn} công văn chỉ đạo.",
        "Trong quý đã ban hành 0{n} nghị quyết, {nn} thông báo, 0{n} chỉ thị của cấp ủy.",
        "Kế hoạch 5 năm 2021-2025; kế hoạch 0{n} năm; Kế hoạch {y}; Báo cáo 6 tháng đầu năm; Báo cáo 9 tháng.",
        "Quyết định {n} trường hợp khen thưởng, Thông báo {n} nội dung, Công văn {n} trang.",
        "Tổng số {nnn} văn bản đến, {nnn} văn bản đi; chỉ số hài lòng {pct}.",
        "Nghị quyết {n} nội dung trọng tâm; Chương trình {nn} tiết; Đề án {n} giai đoạn.",
        "Có {nn} Quyết định, {n} Kế hoạch, {n} Tờ trình được lấy ý kiến.",
    ),
    "phones": (
        "Điện thoại: {phone}; fax: {phone}; di động: {mobile}.",
        "Liên hệ ông {person}, số điện thoại {mobile}, số máy lẻ {nnn}.",
        "Đường dây nóng {mobile} (24/24 giờ), tổng đài 1900 {nnnn}.",
    ),
    "plates": (
        "Xe ô tô biển số {nn}A-{nnn}.{nn}, xe mô tô {nn}-{L}{n} {nnnn}.",
        "Phương tiện thủy số đăng ký {LL}-{nnnn}{n}, tàu cá {LL}-9{nnnn}-TS, công suất {nnnn} CV.",
        "Xe công vụ {nn}{L}-{nnnn} và xe tải {nn}C-{nnn}.{nn}, trọng tải {n},{n} tấn.",
    ),
    "codes": (
        "Mã số thuế {tax}, mã chương {nnn}, loại {nnn}, khoản {nnn}, mã nguồn {nn}.",
        "Thủ tục có mã 1.00{nnnn}.000.00.00.H62 và 2.00{nnnn}, mã định danh H{nn}.{nn}.",
        "Hàng hóa mã HS {nnnn}.{nn}.{nn}, mã C/O {LL}/{nnnn}.",
        "Mã số ngạch 15c.20{n}, V.08.04.{nn}; hệ số lương {n},{nn}.",
        "Tài khoản số {nnnn}.{n}.{nnnn}{nnn} tại Kho bạc Nhà nước; mã đơn vị {nnnn}{nnn}.",
        "Mã hồ sơ 000.{nn}.{nn}.H62-{y}0{n}{nn}-{nnnn}; số biên nhận {nnnn}/BN.",
        "Mã vật tư {LLL}-{nnnn}/{L}{n}; lô sản xuất {L}{nnnn}; số khung {LLL}{nnnn}{LL}.",
    ),
    "invoices": (
        "Hóa đơn số 1C{nn}T{LL}, ký hiệu 1K{nn}T{LL} số 00{nnnn}{n}.",
        "Phiếu chi số {nnn}/PC, phiếu thu số {nnn}/PT, số tiền {sum} đồng.",
        "Hóa đơn giá trị gia tăng số {nnnn}/{L}{n} ngày {day}.",
    ),
    "houses": (
        "Trụ sở: số {n}/{n} đường Nguyễn Huệ, phường {n}, {place}.",
        "Nhà số {nnn}/{n}{L} Trần Phú, hẻm {n}/{n}/{n}, tổ {n}, khu phố {n}.",
        "Phòng số {nnn}/{L}{n}, tầng {n}, tòa nhà {L}{n}; Lô {L}{n}-{L}{n} Cụm công nghiệp.",
        "Km {n}+{nnn} Quốc lộ {nn}, ĐT.{nnn}B, cầu số {n}.",
    ),
    "parcels": (
        "Thửa đất số {nnn}, tờ bản đồ số {n}, diện tích {dec} m2 tại xã {place}.",
        "Thửa {nnn}/{n} tờ {nn}; thửa số {nnn} tờ bản đồ địa chính số {nn}.",
        "Giấy chứng nhận số {LL} {nnnn}{nn}, số vào sổ CH{nnnn}{n}.",
        "Giấy phép xây dựng số {nn}/GPXD và Giấy chứng nhận số {nnn}/GCN-{LLL}.",
        "Giấy phép khai thác khoáng sản số {nnn}/GP-{LLLL}.",
    ),
    "court": (
        "Bản án số {nn}/{y}/HS-ST ngày {day} của Tòa án nhân dân huyện {place}.",
        "Vụ án thụ lý số {nn}/{y}/TLST-DS; Quyết định đưa vụ án ra xét xử số {nn}/{y}/QĐXXST-DS.",
        "Bản án số {nn}/{y}/DS-PT, {nn}/{y}/HNGĐ-ST, {nn}/{y}/KDTM-ST, {nn}/{y}/LĐ-PT.",
    ),
    "addresses": (
        "Truy cập https://vbpl.{place_ascii}.example/van-ban/{nn}/{y}/TT-BTC?ItemID={nnnn}.",
        "Thư điện tử: vanthu{nn}@{place_ascii}.example; cổng dichvucong.example/{nn}-QD-UBND.html",
        "Tệp D:\\Van ban\\{y}\\{nn}-QD-UBND.docx và {nn}_{y}_TT-BTP.pdf kèm theo.",
        "www.{place_ascii}.example/{nn}/{y}/ND-CP%20{nn}/index.aspx",
    ),
    "dates": (
        "Từ ngày {day} đến ngày {day}; tháng {n}/{y}, quý {n}/{y}, năm học {y}-{y}.",
        "Sáng {dm}, chiều {dm}, {nn}h{nn} ngày {dm}; Q{n}/{y}; giai đoạn {y} – {y}.",
        "Sinh ngày {day}, vào Đảng ngày {words}, nghỉ hưu từ 01/{n}/{y}.",
        "{place}, ngày {words}",
        "Thông báo ngày {dm}, báo cáo ngày {dm}/{y}, kết luận ngày {words} của cuộc họp.",
    ),
    "blanks": (
        "Số:      /BC-UBND",
        "Căn cứ Quyết định số ……/QĐ-UBND ngày … tháng … năm {y} của Ủy ban nhân dân huyện;",
        "Thực hiện Kế hoạch số ..../KH-UBND ngày ..../..../{y}",
        "Tờ trình số       /TTr-UBND ngày      tháng {n} năm {y}",
        "Số: .../{y}/NQ-HĐND",
    ),
    "laws": (
        "Tuyên truyền, phổ biến, giáo dục pháp luật Việt Nam; pháp luật về {field}; kỷ luật, kỷ cương hành chính.",
        "Hội Luật gia, Đoàn Luật sư, công ty luật, văn phòng luật sư, cử nhân Luật kinh tế, Trường Đại học Luật.",
        "Xử lý kỷ luật {n} công chức; thực hiện đúng quy định của pháp luật; các luật, pháp lệnh có liên quan.",
        "Tổ chức Ngày Pháp luật {y}; dự thảo luật, dự án luật, xây dựng luật; quy luật cung cầu.",
        "Luật sư {person} phát biểu; luật chơi, luật bóng đá 5 người, luật hút đòn.",
    ),
    "pointing": (
        "Quyết định này có hiệu lực kể từ ngày ký; Chánh Văn phòng và các đơn vị chịu trách nhiệm thi hành Quyết định này.",
        "Căn cứ Kế hoạch nêu trên, {office} xây dựng kế hoạch thực hiện; các văn bản nói trên, Nghị định trên.",
        "Điều {n}. Thông tư này quy định về {field}; khoản {n} Điều này; Phụ lục {roman} ban hành kèm theo Quy chế này.",
        "Các nghị định của Chính phủ, thông tư của các bộ, nghị quyết của Hội đồng nhân dân và văn bản hướng dẫn thi hành.",
    ),
    "bodies": (
        "{office} phối hợp Sở Kế hoạch và Đầu tư, Phòng Tài chính - Kế hoạch, Ban Chỉ đạo 35, Ban Chỉ đạo 389.",
        "Chương trình 135 giai đoạn {roman}, Chương trình 30a, mục tiêu 3+3, Tổ công tác Đề án 06, mô hình 4.0.",
        "Trường THPT số {n} {place}, Trạm Y tế số {n}, Đội số {n}, Tổ dân phố số {n}, Bệnh viện Quân y {nnn}.",
        "Ngân hàng Thương mại, Kho bạc Nhà nước khu vực {roman}, Quân khu {n}, Binh đoàn {n}, Lữ đoàn {nnn}.",
    ),
    "health": (
        "Dịch COVID-19, cúm A/H5N1, A/H{n}N{n}; vắc xin lô {L}{L}{nnnn}; xét nghiệm SARS-CoV-2.",
        "Thuốc {LLL}-{nnn}, số đăng ký VD-{nnnn}{n}-{nn}; hoạt chất 2,4-D, vitamin B1/B6/B12.",
        "Huyết áp {nnn}/{nn} mmHg, nhịp {nn} lần/phút, đường huyết {n},{n} mmol/L.",
    ),
    "statistics": (
        "| {n} | {place} | {nnn} | {nnnn} | {pct} | {n}/{nn} |",
        "| TT | Nội dung | Đơn vị | Kế hoạch {y} | Thực hiện {y} | Tỷ lệ |",
        "| {nn} | Hồ sơ {field} | {nnn} | {nnn}/{nnn} | {dec} | {n}/{n} |",
        "{roman}. Thu ngân sách: {sum} đồng; chi: {sum} đồng; kết dư {dec} triệu đồng.",
        "+ Diện tích {nnnn},{n} ha; năng suất {nn},{n} tạ/ha; sản lượng {nnn}.{nnn} tấn/năm.",
    ),
    "minutes": (
        "Ông {person}, Phó Chủ tịch, kết luận: giao Phòng Nội vụ tham mưu kế hoạch trước ngày {day}.",
        "Bà {person} báo cáo tình hình {field} tháng {n}/{y}; {n}/{n} thành viên biểu quyết tán thành ({pct}).",
        "Cuộc họp kết thúc lúc {n} giờ {nn} phút cùng ngày, biên bản lập thành {n} bản, mỗi bên giữ {n} bản.",
        "Tổ trưởng thông báo nội dung, chương trình làm việc; đại biểu thống nhất {n} nội dung, {n} kiến nghị.",
    ),
    "contracts": (
        "Hợp đồng lao động không xác định thời hạn; hợp đồng 68; phụ lục hợp đồng lần {n}.",
        "Bên A: {office}; Bên B: Công ty TNHH {place}; giá trị hợp đồng {sum} đồng; bảo hành {nn} tháng.",
        "Gói thầu số {n}: Xây lắp; E-HSMT, E-TBMT số IB{nnnn}{nnnn}-{nn}; hợp đồng không số ngày {day}.",
    ),
    "technical": (
        "Cột bê tông M{nnn}, thép D{nn}/{n}a{nnn}, cáp 3x{nn}+1x{nn}, máy biến áp {nnn}kVA-22/0,4kV.",
        "Bản vẽ số KT-{nn}/{L}{n}, tỷ lệ 1/{nnn}, cao độ +{n}.{nnn}; tuyến N{n}-D{n}.",
        "Tọa độ X={nnnn}{nnn}.{nn}; Y={nnn}{nnn}.{nnn}; kinh tuyến trục 105°30'; tốc độ {nn} km/h; 2G/3G/4G.",
        "Phần mềm phiên bản {n}.{n}.{nn}, chuẩn RS-232/485, giao thức TCP/IP, hệ Windows 10/11.",
    ),
    "archive": (
        "Nơi nhận:\n- Như trên;\n- TT. Huyện ủy (b/c);\n- CT, các PCT UBND huyện;\n- Lưu: VT, PNV ({n}b).",
        "Lưu: VT, KTTH ({n}).{LL}.{nn}; phông số {nn}, mục lục số {n}, hồ sơ số {nnn}, tờ số {nn}.",
        "TL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\n{person}",
    ),
    "schedule": (
        "Thứ {n}: 7 giờ 30, họp giao ban tại phòng {nnn}; 14 giờ 00, tiếp công dân tại số {n} Lê Lợi.",
        "Chuyến {LL}{nnn}/{nnn}, ghế {nn}{L}; khoảng cách {n}-{nn} km; ca {n}/{n}.",
        "Bài {n} - Kỹ năng giao tiếp; Tiết {n} - {nn}; Chuyên đề {n} – Nghiệp vụ {field}.",
    ),
    "headings": (
        "{n}. Công tác {field}\n{n}.{n}. Kết quả đạt được\na) Về chỉ đạo, điều hành\nb) Về kiểm tra",
        "{roman}. TÌNH HÌNH VÀ KẾT QUẢ\n1- Ưu điểm\n2- Hạn chế\n3/ Nguyên nhân",
        "BÁO CÁO\nKết quả công tác {field} tháng {n} năm {y}",
        "KẾ HOẠCH\nPhát triển {field} năm {y}",
        "Biểu {n} - Tổng hợp; Phụ lục {n} – Danh mục; Mục {n} - {nn}; Hình {n}.{n}",
    ),
    "prose": (
        "{office} tiếp tục chỉ đạo các đơn vị thực hiện nghiêm túc, có hiệu quả công tác {field} trên địa bàn huyện {place}.",
        "Việc triển khai kế hoạch, chương trình, đề án được quan tâm; công tác thông tin, báo cáo đúng thời gian quy định.",
        "Căn cứ tình hình thực tế và chức năng, nhiệm vụ được giao, {office} đề nghị các xã rà soát, báo cáo trước ngày {day}.",
        "Tồn tại: một số đơn vị chưa tham mưu văn bản chỉ đạo; chỉ số thành phần còn thấp, dân số tăng, chuyển đổi số chậm.",
    ),
}  # fmt: skip
_FILL["LLLL"] = lambda r: "".join(r.choices(_LETTERS, k=4))
_FILL["place_ascii"] = lambda r: r.choice(("thuangiang", "binhlac", "camtra"))
_SLOT = re.compile(r"\{(\w+)\}")


def lines(seed: int = 1) -> Iterator[tuple[str, str]]:
    """Class and line, without end: a class at random, a template of it at random, its slots filled at random."""
    rng = random.Random(seed)
    classes = list(TEMPLATES)
    while True:
        name = rng.choice(classes)
        template = rng.choice(TEMPLATES[name])
        yield name, _SLOT.sub(lambda slot: _FILL[slot[1]](rng), template)


def bare(text: str) -> str:
    """`text` without diacritics, letter for letter, its capitals kept."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return plain.replace("đ", "d").replace("Đ", "D")


def texts(size: int, seed: int = 1) -> Iterator[tuple[str, list[tuple[int, str]]]]:
    """Texts of about 30,000 characters, together `size`; beside each, where every line begins and of which class it is."""
    rng, source, made = random.Random(seed), lines(seed), 0
    while made < size:
        parts: list[str] = []
        starts: list[tuple[int, str]] = []
        at = 0
        while at < min(PIECE, size - made):
            name, line = next(source)
            starts.append((at, name))
            parts.append(line + rng.choice(("\n", "\n", "\n\n", " ")))
            at += len(parts[-1])
        made += at
        yield "".join(parts), starts


WRITINGS: dict[str, Callable[[str], str]] = {"plain": str, "bare": bare, "capitals": str.upper}


def false_mentions(size: int, seed: int = 1, writing: str = "plain") -> list[tuple[str, str]]:
    """Class and words (with their context) of everything that is found."""
    out = []
    for plain, starts in texts(size, seed):
        text = WRITINGS[writing](plain)
        for citation in find_citations(text).citations:
            line = bisect_right(starts, (citation.span.start, "\uffff")) - 1
            left, right = max(0, citation.span.start - 60), citation.span.end + 30
            around = f"{text[left : citation.span.start]}⟦{citation.text}⟧{text[citation.span.end : right]}"
            out.append((starts[line][1], " ".join(around.split())))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--size", type=int, default=SIZE)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="print so many of what is found of each class")
    parser.add_argument("--writing", choices=sorted(WRITINGS), default="plain")
    args = parser.parse_args()
    found = false_mentions(args.size, args.seed, args.writing)
    sizes: Counter[str] = Counter()
    total = 0
    for text, starts in texts(args.size, args.seed):
        total += len(text.encode())
        for (start, name), (end, _) in zip(starts, [*starts[1:], (len(text), "")], strict=True):
            sizes[name] += len(text[start:end].encode())
    counts = Counter(name for name, _ in found)
    for name in TEMPLATES:
        print(f"{name:12} {sizes[name] / 1e6:6.2f} MB {counts[name]:6} false {counts[name] / (sizes[name] / 1e6):8.2f} a MB")
        print(
            *(f"    {words}" for _, words in [one for one in found if one[0] == name][: args.show]),
            sep="\n",
            end="\n" * bool(counts[name]),
        )
    print(f"all          {total / 1e6:6.2f} MB {len(found):6} false {len(found) / (total / 1e6):8.2f} a MB")


if __name__ == "__main__":
    main()
