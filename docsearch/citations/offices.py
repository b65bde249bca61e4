"""The words of which names of offices are made, and those at which such a name has ended.

Measured on 402 gazette papers and 192 papers of provinces: what follows "của" after a number is an office in all but a few
of 10,000 mentions, and one of these words follows the office.
"""

from __future__ import annotations

import re
from typing import Final

SPACE: Final = r"[\s*_]"  # white space, and the marks of bold and italic that a saved page keeps inside sentences

UPPER: Final = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"  # for character classes

# Bodies whose name is complete by itself: nothing but a term of office may follow.
NATIONAL: Final = re.compile(
    rf"""
    (?: Thủ{SPACE}+tướng(?:{SPACE}+Chính{SPACE}+phủ)?
      | Chính{SPACE}+phủ
      | (?:Ủy|Uỷ){SPACE}+ban{SPACE}+[Tt]hường{SPACE}+vụ{SPACE}+Quốc{SPACE}+hội
      | Quốc{SPACE}+hội
      | Bộ{SPACE}+Chính{SPACE}+trị
      | Ban{SPACE}+Bí{SPACE}+thư(?:{SPACE}+Trung{SPACE}+ương(?:{SPACE}+Đảng)?)?
      | Ban{SPACE}+Chấp{SPACE}+hành{SPACE}+Trung{SPACE}+ương(?:{SPACE}+Đảng)?
      | Chủ{SPACE}+tịch{SPACE}+nước
      | Hội{SPACE}+đồng{SPACE}+(?:Bộ{SPACE}+trưởng|Nhà{SPACE}+nước|Chính{SPACE}+phủ)
    )
    (?: {SPACE}+[Kk]h(?:óa|oá|OÁ|ÓA){SPACE}+[IVXLC\d]+ )?
    (?! \w)
    """,
    re.VERBOSE,
)

# Words in small letters that no name of an office holds: the name has ended before them.
STOPS: Final = frozenset(
    {
        "về",
        "ngày",
        "được",
        "đã",
        "đang",
        "cho",
        "trong",
        "để",
        "nêu",
        "như",
        "từ",
        "kèm",
        "khi",
        "theo",
        "thì",
        "là",
        "có",
        "các",
        "những",
        "này",
        "đối",
        "gửi",
        "trình",
        "xin",
        "vướng",
        "nhằm",
        "gồm",
        "bao",
        "hết",
        "trên",
        "đến",
        "tới",
        "tại",
        "nói",
        "cũng",
        "sẽ",
        "không",
        "chưa",
        "hoặc",
        "do",
        "số",
        "v/v",
        "cùng",
        "với",
        "vì",
        "bằng",
        "bị",
        "qua",
        "sau",
        "trước",
        "căn",
        "nay",
        "vê",
        "vẽ",
        "khiếu",
        "phê",
        "cụ",
        "ký",
        "cử",
        "mà",
        "phải",
        "nhận",
        "của",
    }
)
# Words that end it together with the next one only: "quy định" does, "Quy hoạch" and "thông tin" do not.
PAIRS: Final[dict[str, frozenset[str]]] = {
    first: frozenset(seconds.split())
    for first, seconds in {
        "quy": "định",
        "ban": "hành",
        "sửa": "đổi",
        "bổ": "sung nhiệm",
        "bố": "sung",
        "bãi": "bỏ nhiệm",
        "hướng": "dẫn",
        "công": "bố nhận",
        "giao": "nhiệm chỉ kế dự các bổ quyền cho đất chủ sở ủy uy",
        "thành": "lập",
        "quyết": "định nghị",
        "thông": "qua báo tri",
        "triển": "khai",
        "thực": "hiện",
        "kiện": "toàn",
        "tổng": "hợp kết",
        "trả": "lời",
        "phúc": "đáp",
        "yêu": "cầu",
        "chỉ": "đạo định tiết",
        "kết": "luận",
        "báo": "cáo",
        "xác": "định nhận",
        "điều": "chỉnh động",
        "hủy": "bỏ",
        "thay": "thế",
        "đính": "chính",
        "chấp": "thuận hành",
        "rà": "soát",
        "đình": "chỉ",
        "tạm": "ngưng dừng",
        "thu": "hồi",
        "miễn": "nhiệm",
        "phân": "công cấp bổ loại định",
        "tổ": "chức",
        "liên": "quan",
        "kế": "hoạch",
        "ủy": "quyền",
        "tăng": "cường",
        "thống": "nhất",
        "tiếp": "tục",
        "đẩy": "mạnh",
        "phát": "động",
        "cấp": "giấy phép",
        "dự": "thảo",
        "kiến": "nghị",
        "khẳng": "định",
        "liệt": "kê",
        "xử": "lý phạt",
        "xếp": "hạng",
        "tặng": "thưởng",
        "hỗ": "trợ",
        "chuyển": "giao",
        "cho": "phép",
        "không": "thu",
        "căn": "cứ",
        "đổi": "tên",
        "đồng": "ý",
        "nhất": "trí",
        "đề": "nghị xuất án cương",
    }.items()
}
# Capitals end it only where a subject is known to begin so: "của Chính phủ Quy định chi tiết".
CAPITAL_PAIRS: Final = frozenset(
    {("Quy", "định"), ("Về", "việc"), ("Sửa", "đổi"), ("Ban", "hành"), ("Phê", "duyệt"), ("Hướng", "dẫn"), ("Bãi", "bỏ")}
)
UNLESS_AFTER_BAN: Final = frozenset({"chỉ", "chấp", "tổ", "điều"})  # Ban chỉ đạo, Ban chấp hành, Ban tổ chức

LEVELS: Final = frozenset({"tỉnh", "tính", "huyện", "quận", "xã", "phường", "thành", "thị", "đặc", "tp", "cấp"})
LEVEL_SECOND: Final = {"thành": "phố", "thị": frozenset({"xã", "trấn"}), "đặc": "khu"}
AFTER_LEVEL: Final = frozenset({"phố", "trấn", "khu", "khóa", "khoá", "ủy", "uỷ"})
SMALL_HEADS: Final = frozenset({"bộ", "thống", "sở", "ban", "ủy", "viện", "tòa", "văn", "tổng", "ubnd", "chủ"})
RANKS: Final = frozenset({"trưởng", "tịch", "đốc", "nhiệm", "án"})  # last words of Bộ trưởng, Chủ tịch, Giám đốc, Chủ nhiệm
# Second halves of names of ministries that some write small: "Nông nghiệp và phát triển nông thôn".
FIELD_WORDS: Final = frozenset({"phát", "đào", "môi", "du", "truyền", "xã", "đầu", "tôn", "thể", "bảo", "phòng", "tìm"})
TYPE_PAIRS: Final = frozenset(
    {
        "nghị định", "nghị quyết", "quyết định", "chỉ thị", "thông tư", "thông báo", "thông tri", "bộ luật", "pháp lệnh",
        "hiến pháp", "công văn", "công điện", "kế hoạch", "báo cáo", "tờ trình", "văn bản", "kết luận", "hướng dẫn",
        "chương trình", "đề án", "quy định", "quy chế", "chiến lược", "phương án",
    }
)  # fmt: skip
# How an office's name begins: where the subject of a sentence is looked for.
OFFICE: Final = (
    r"(?:Thủ\s+tướng|Chính\s+phủ|Quốc\s+hội|[UỦ][ỷy]\s+ban|Uỷ\s+ban|UBND|HĐND|UBTVQH|Hội\s+đồng|Thường\s+trực|Thường\s+vụ|(?:Phó\s+)?Chủ\s+tịch|"
    r"Bộ|Sở|Cục|Tổng|Chi\s+cục|Vụ|Ban|Văn\s+phòng|Tỉnh\s+ủy|Thành\s+ủy|Huyện\s+ủy|Quận\s+ủy|Đảng\s+ủy|Thị\s+ủy|Công\s+ty|CÔNG\s+TY|Tập\s+đoàn|"
    r"Giám\s+đốc|Trưởng|T(?:òa|oà|oa)\s+án|Viện|Kho\s+bạc|Ngân\s+hàng|Bảo\s+hiểm|Trường|Đại\s+học|Hội|Liên\s+đoàn|Phòng|Thuế|Hải\s+quan|Công\s+an|"
    r"Kiểm\s+toán|Thanh\s+tra|Trung\s+tâm|Hiệp\s+hội|Bí\s+thư|Chánh|Thống\s+đốc|Đảng\s+bộ|Mặt\s+trận|BQL\w*)(?!\w)"
)
