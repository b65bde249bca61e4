"""How far the name of a law reaches, and how it is spelled.

A name of ``tables/laws.toml`` is walked word by word, the longest wins; another name ends by grammar.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from docsearch.citations.symbols import CAPITALS, FURNITURE
from docsearch.registry import law_names
from docsearch.vietnamese import exact_key, fold

LONGEST = 150  # characters of a name that are read

_WORD = re.compile(r"[\s*_]*([^\W_]+|,|-|–)")
_REVISED = re.compile(r"[\s*]*\(sửa\s+đổi\)[\s*_]*([^\W_]+)")  # "Luật Khoa học, công nghệ (sửa đổi) và đổi mới sáng tạo"
_BREAK = re.compile(FURNITURE)
_GRAMMAR_END = re.compile(
    r"[.;:()\"“”\[\]|/0-9]|\s[-–]\s|\n\s*\n|,|\s(?:ngày|năm|số|được|quy\s+định|qui\s+định|thì|về|của|có|tại|theo|này|trừ|đã|hiện\s+hành|còn|không\s+(?:còn|có|được|phải|quy|áp|thuộc|bị)|là"
    r"|để|do|trong|ban\s+hành|sửa|bổ\s+sung|hướng\s+dẫn|như|nên|cho|với|từ|khi|mà|nếu|phải|sẽ|bằng|đối\s+với|cũng|hoặc|mới|nhằm|trên"
    r"|và\s+(?:các|những|Nghị|Luật|Bộ|Thông|Pháp|Quyết|văn|quy|pháp|một|theo|hướng|tại))(?!\w)"
)


def name_end(text: str, at: int, kind: str) -> int:
    """Where the law's name that begins behind its head word at `at` ends; -1 where no name is there.

    In capitals (a title) only known names are read.
    """
    window = text[at : at + LONGEST]
    about = _ABOUT.match(window)
    lead = about.end() if about else 0
    end, _ = known(window[lead:], kind)
    if end > 0:
        return at + lead + end
    if about and (dated := _ABOUT_DATED.match(window)):
        return at + dated.end()
    short = _SHORT.match(window) if text[at - 1 : at].islower() else None
    if short:
        return at + short.end()
    size = _grammar_end(window)
    return at + size if size > 0 else -1


@cache
def _trie(kind: str) -> dict[str, object]:
    """The folded words of all names of `kind` as nested dicts; "," before a word keeps its comma optional, "" ends a name."""
    root: dict[str, object] = {}
    for name in law_names().get(kind, ()):
        node = root
        comma = False
        for word in re.findall(r"[^\W_]+|,|-", name):
            if word in ",-":
                comma = True
                continue
            key = _folded(word)
            branch = node.setdefault(key, {})
            if comma:
                node["," + key] = branch
            assert isinstance(branch, dict)
            node, comma = branch, False
        node[""] = f"{kind} {name}"
    return root


@lru_cache(maxsize=8192)
def _folded(word: str) -> str:
    return fold(word)


def known(window: str, kind: str) -> tuple[int, str]:
    """The end of the longest known name at the head of `window`, and the name; (0, "") where there is none.

    One stray letter of OCR is passed over ("Tô Ô chức").
    """
    node = _trie(kind)
    best, name, at, comma, strays, first = 0, "", 0, "", 0, ""
    while match := _WORD.match(window, at) or (at and _REVISED.match(window, at)):
        word, before = match[1], at
        at = match.end()
        if word in ",-–":
            comma = ","
            continue
        step = node.get(comma + _folded(word))
        if step is None and len(word) == 1 and strays == 0 and not comma:
            strays += 1
            continue
        if step is None and window[before : before + 3].count("\n") and (torn := _BREAK.match(window, before)):
            at = torn.end()  # the page ends inside the name
            continue
        if not isinstance(step, dict):
            break
        node, comma, first = step, "", "-" if first else word
        if "" in node and (first == "-" or _is_word(word, str(node[""]))):
            best, name = at, str(node[""])
    return best, name


# "Pháp lệnh về phí và lệ phí": a known name, or any up to its number or date.
_ABOUT = re.compile(r"[\s*_]+về(?=[\s*_])")
_ABOUT_DATED = re.compile(r"[\s*_]+về\s(?!việc)[^.;:()“”\d]{5,120}?(?<=\w)(?=\s+(?:số\s+\d|ngày\s+\d|năm\s+\d))")
_SHORT = re.compile(
    r"[ \n][A-ZĐ][A-ZĐ&]{2,9}(?![\w-]|\s[A-ZĐ]{2})|[ \n][A-ZĐ]{2,6}(?:,\s?[A-ZĐ&]{2,9})+(?!\w)"
)  # PPP; KH, CN&ĐMST
_PROPER = re.compile(rf"[\s*_]+[{CAPITALS}][^\W\d_]+")


def _is_word(word: str, name: str) -> bool:
    """Whether a name of one word is written with its marks: "Luật Giá" is a law, "Luật gia" a person."""
    return exact_key(word) == exact_key(name.rsplit(maxsplit=1)[-1])


_DATED = re.compile(r"\s(?:số\s+\d|ngày\s+\d|năm\s+\d)")
_CHANGES = ("sửa", "bổ", "bãi", "thay", "này", "đó", "trên", "mới", "khác")


def _grammar_end(window: str) -> int:
    """The end of a name that no table knows: from a capital, or up to a number or date, to a stop word; 0 where it is none."""
    if window.lstrip(" *_\n").startswith(("Luật", "số", "này", "có")):
        return 0
    stop = _GRAMMAR_END.search(window)
    end = stop.start() if stop else len(window.rstrip())
    words = window[:end].split()
    if not 2 <= len(words) <= 14 or words[0].strip("*").lower() in _CHANGES or window.lstrip().isupper():
        return 0
    if _PROPER.match(window) is None and not (len(words) > 2 and _DATED.match(window, end)):
        return 0
    return len(window[:end].rstrip(" *_\n"))


@lru_cache(maxsize=4096)
def spelling(raw: str, kind: str) -> str:
    """The name on one line, as written, with the head word in its standard writing.

    Where marks or letters were misread the name of the table is given: "Luật Tô chức Chính phủ" is Luật Tổ chức Chính phủ.
    """
    words = one_line(raw).split(" ")
    written = words[kind.count(" ") + 1 :]
    end, listed = known(" " + " ".join(written), kind)
    if listed and end == len(" ".join(written)) + 1 and not _same_words(written, listed.split(" ")[kind.count(" ") + 1 :]):
        return listed
    return " ".join([kind, *written])


def _same_words(written: list[str], known: list[str]) -> bool:
    """Whether two spellings differ in case, commas and the seat of the tone only."""
    return [exact_key(word.strip(",")) for word in written] == [exact_key(word.strip(",")) for word in known]


def one_line(raw: str) -> str:
    """A name on one line, without the marks of bold and what a page break left inside it."""
    if "\n" in raw and "\n\n" in raw.replace(" ", ""):
        raw = _BREAK.sub(" ", raw)
    return " ".join(raw.replace("*", " ").split())
