"""The words of the commands about searching: key -> (Vietnamese, English)."""

from __future__ import annotations

COMMANDS = {
    "search": (
        "Tìm văn bản theo từ ngữ, số hiệu và dữ kiện.\n\n"
        "Gõ có dấu: tìm đúng dấu; gõ không dấu: không phân biệt dấu; không thấy đúng dấu thì tìm bỏ dấu và nói rõ. Viết được: "
        '"cụm từ", "gần nhau"~5, -loại-trừ, a OR b, tiền-tố*, gần-đúng~, loại:, số:, năm:2021..2023, cơ-quan:, nơi:, cấp:, ký:, '
        "tình-trạng:, dẫn:, dẫn:X+ (X và văn bản sửa đổi, thay thế X), được-dẫn:, căn-cứ:. Xem docs/search.md.",
        "Find papers by their words, numbers and facts.\n\n"
        "Typed with marks: exact; without: marks do not matter; nothing exact found: folded, and it says so. You may write "
        '"a phrase", "near each other"~5, -not, a OR b, prefix*, fuzzy~, type:, number:, year:2021..2023, issuer:, place:, '
        "level:, signer:, status:, cites:, cites:X+ (X and what amended or replaced it), citedby:, basedon:. See docs/search.md.",
    ),
    "save": (
        "Lưu một lượt tìm dưới một tên.\n\nLưu trong nhật ký cạnh thư mục chỉ mục; xóa chỉ mục không mất.",
        "Keep a search under a name.\n\nIt is kept in the journal beside the index folder; deleting the index loses nothing.",
    ),
    "saved": (
        "Các lượt tìm đã lưu, mỗi lượt có bao nhiêu kết quả mới từ lần xem trước.",
        "The searches that are kept, with how many results are new since each was last looked at.",
    ),
    "suggest": (
        "Gợi ý khi đang gõ: số hiệu, tên luật, cơ quan, trích yếu mà kho có.",
        "How a line that is being typed may go on: numbers, names, issuers, titles that are held.",
    ),
}

OPTIONS = {
    "--level": ("Chỉ cấp này (trung ương, tỉnh, huyện, xã).", "Only this level (central, province, district, commune)."),
    "--status": (
        "Chỉ tình trạng này (còn, hết hiệu lực, hết một phần, ngưng, chưa), theo những gì kho có.",
        "Only this state (in force, expired, partly expired, suspended, not yet), as far as the archive tells.",
    ),
    "--cited-by": ("Chỉ văn bản được văn bản này viện dẫn.", "Only papers that this one cites."),
    "--as-named": (
        "Cơ quan, địa phương chỉ theo đúng tên đã gõ, không kể tên cũ, tên mới.",
        "Offices and places under the names given alone, not their earlier and later ones.",
    ),
    "--like": ("Những văn bản giống văn bản này.", "Papers like this one."),
    "--within": (
        "Tìm trong kết quả của một dòng trước hoặc một lượt tìm đã lưu.",
        "Search within the results of an earlier line or saved search.",
    ),
    "--saved": ("Lượt tìm đã lưu này.", "This saved search."),
    "--new": ("Chỉ kết quả mới từ lần xem trước (với --saved).", "Only what is new since it was last looked at (with --saved)."),
    "--units": ("Nêu điều, mục khớp nhất của mỗi kết quả.", "Name the articles or sections of each result that match best."),
    "--explain": ("Nêu đã hiểu thế nào và vì sao mỗi kết quả khớp.", "Say what was understood and why each result matched."),
    "--export": (
        "Ghi TẤT CẢ kết quả vào tệp .csv, .jsonl, .xlsx hoặc .docx.",
        "Write ALL results to a .csv, .jsonl, .xlsx or .docx file.",
    ),
    "--facets": ("Đếm theo loại, cơ quan, cấp, năm, tình trạng.", "Count by type, issuer, level, year and status."),
    "--forget": ("Bỏ lượt tìm đã lưu này.", "Forget this saved search."),
}

ANSWERS = {
    "nothing-asked": ("hãy gõ từ cần tìm, hoặc một điều kiện", "type words to look for, or set a condition"),
    "new-without-saved": ("--new đi với --saved TÊN", "--new goes with --saved NAME"),
    "no-such-search": ("chưa lưu lượt tìm nào tên “{name}”", 'no saved search is called "{name}"'),
    "search-saved": (
        "Đã lưu “{name}”; xem lại: docsearch search --saved “{name}”.",
        'Saved "{name}"; ask again: docsearch search --saved "{name}".',
    ),
    "exported": ("{count} văn bản → {path}", "{count} papers -> {path}"),
    "did-you-mean": ("Có phải bạn muốn tìm: {line}", "Did you mean: {line}"),
    "note-number-as-words": (
        "Không văn bản nào mang hay dẫn số này; đây là nơi có những chữ ấy.",
        "No paper bears or cites this number; these hold its letters.",
    ),
    "note-any-word": (
        "Không đòi hỏi đủ các từ; văn bản khớp nhiều nhất đứng trước.",
        "Not all of the words are required; the best match comes first.",
    ),
    "note-tones": (
        "Không có kết quả đúng từng chữ; đã hiểu chữ không dấu thanh là có bất kỳ thanh nào.",
        "Nothing as typed; words without a tone were taken with any tone.",
    ),
    "note-as-named": ("Không kể tên cũ hoặc tên mới: {detail}", "Earlier and later names left out: {detail}"),
    "note-other-names": ("Gồm cả tên cũ hoặc tên mới: {detail}", "Earlier and later names too: {detail}"),
    "note-meant": ("Hiểu là số, ký hiệu của: {detail}", "Understood as the number of: {detail}"),
    "note-keystrokes": (
        "Đã hiểu là gõ Telex hoặc VNI: {detail}",
        "Understood as typed in Telex or VNI: {detail}",
    ),
    "note-not-held": (
        "Có văn bản viện dẫn nhưng kho không giữ: {detail}; xem `docsearch show`.",
        "Cited, but not held: {detail}; see `docsearch show`.",
    ),
    "note-cut": ("Dòng quá dài; phần cuối không đọc.", "The line is too long; its end was not read."),
    "note-quote-unclosed": (
        "Thiếu dấu ngoặc kép đóng; đã đọc như từ thường.",
        "A quotation mark is missing; read as plain words.",
    ),
    "note-parenthesis-unclosed": ("Ngoặc đơn không khớp; đã bỏ qua.", "A parenthesis has no partner; passed over."),
    "note-field-empty": (
        "Trường {detail} không có giá trị đọc được; đã bỏ qua.",
        "Field {detail} has no value that can be read; passed over.",
    ),
    "label-row": ("STT", "No."),
    "label-document": ("Mã tệp", "Document"),
    "label-match": ("Khớp", "Match"),
    "label-level": ("Cấp", "Level"),
    "label-status": ("Tình trạng", "Status"),
    "label-name": ("Tên", "Name"),
    "label-new": ("Mới", "New"),
    "label-found": ("Tất cả", "Found"),
    "label-saved": ("Lưu ngày", "Saved on"),
    "label-kind": ("Là", "Kind"),
    "label-text": ("Gợi ý", "Suggestion"),
    "kind-number": ("số hiệu", "number"),
    "kind-name": ("tên", "name"),
    "kind-title": ("trích yếu", "title"),
    "kind-issuer": ("cơ quan", "issuer"),
    "level-central": ("trung ương", "central"),
    "level-province": ("tỉnh", "province"),
    "level-district": ("huyện", "district"),
    "level-commune": ("xã", "commune"),
    "status-expired": ("hết hiệu lực", "expired"),
    "status-partly_expired": ("hết hiệu lực một phần", "partly expired"),
    "status-suspended": ("ngưng hiệu lực", "suspended"),
    "status-not_yet": ("chưa có hiệu lực", "not yet in force"),
    "status-standing": ("chưa thấy hết hiệu lực", "no end known"),
    "step-everything": ("mọi văn bản", "all papers"),
    "step-all": ("tất cả:", "all of:"),
    "step-any": ("một trong:", "any of:"),
    "step-not": ("không có:", "none of:"),
    "step-word": ("từ “{what}”", 'the word "{what}"'),
    "step-phrase": ("cụm từ “{what}”", 'the phrase "{what}"'),
    "step-near": ("các từ gần nhau, theo thứ tự “{what}”", 'words near each other, in order "{what}"'),
    "step-prefix": ("từ bắt đầu bằng “{what}”", 'words that begin with "{what}"'),
    "step-fuzzy": ("từ gần giống “{what}”", 'words like "{what}"'),
    "step-number": ("{field}: {what}", "{field}: {what}"),
    "step-one-of": ("{field}: {what}", "{field}: {what}"),
    "step-range": ("{field}: {what}", "{field}: {what}"),
    "step-in": (" trong {field}", " in the {field}"),
    "field-number": ("số, ký hiệu", "number"),
    "field-number-or-cites": ("mang số hoặc dẫn số", "bears or cites the number"),
    "field-title": ("trích yếu", "title"),
    "field-headings": ("đề mục", "headings"),
    "field-body": ("nội dung", "text"),
    "field-issuer": ("cơ quan ban hành", "issuer"),
    "field-signer": ("người ký", "signer"),
    "field-place": ("nơi ban hành", "place"),
    "field-addressees": ("nơi nhận, kính gửi", "addressees"),
    "field-doctype": ("loại", "type"),
    "field-level": ("cấp", "level"),
    "field-status": ("tình trạng", "status"),
    "field-secrecy": ("độ mật", "secrecy"),
    "field-urgency": ("độ khẩn", "urgency"),
    "field-symbol": ("ký hiệu", "symbol"),
    "field-ordinal": ("số", "ordinal"),
    "field-year": ("năm", "year"),
    "field-issued": ("ngày ban hành", "date"),
    "field-cites": ("viện dẫn", "cites"),
    "field-cites_family": ("viện dẫn (cả văn bản sửa đổi, thay thế)", "cites (or what changed or replaced it)"),
    "field-cites_successor": ("viện dẫn văn bản thay thế", "cites what replaced"),
    "field-cited_by": ("được viện dẫn bởi", "cited by"),
    "field-document": ("văn bản", "documents"),
}

SEARCHING = COMMANDS | OPTIONS | ANSWERS
