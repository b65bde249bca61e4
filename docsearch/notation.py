"""How the law writes its own names: document numbers, dates, pinpoints, directive ids; parse undoes write.

Number and symbol (số, ký hiệu) follow Nghị định 30/2020/NĐ-CP, Phụ lục I, II.3 (administrative: ``265/BC-UBND``,
``228/SNV-CCVC``), Nghị định 78/2025/NĐ-CP, Điều 62 (normative: ``108/2014/NĐ-CP``, ``80/2015/QH13``) and the custom of
the Party (``16-CT/TU``).  Segments of a symbol are an open vocabulary: every office fixes its own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from docsearch.errors import NotationError

# Signs that look like others and are met inside numbers: eth, African D, Cyrillic, Greek, other slashes, full width.
_CONFUSABLE = str.maketrans("ÐƉðАВЕКМНОРСТХΑΒΕΗΙΚΜΝΟΡΤΧ／⁄∕０１２３４５６７８９", "ĐĐđABEKMHOPCTXABEHIKMNOPTX///0123456789")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_SPACE_ROUND_SEPARATOR = re.compile(r"\s*([/-])\s*")
_FOLD_LETTERS = str.maketrans("ĐƯƠÂĂÊÔ", "DUOAAEO")

_NUMBER = re.compile(
    r"""
    (?P<ordinal>\d{1,6}(?:\.\d{1,3})?(?:[a-zđA-C](?![\w])|bis|ter)?)   # 265, 66.25, 30a, 02bis
    (?:
        (?P<slash>/)(?:(?P<year>(?:19[4-9]|20\d)\d)/)?                 # /   or  /2014/
      | (?P<hyphen>-)                                                  # 16-CT/TU, 25-HĐBT
    )
    (?P<symbol>[^\W\d_][\w&]*(?:[-/.][\w&]+)*)                         # NĐ-CP, SNV-TCBM&BC, VPCP-V.I
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DocNumber:
    """A document's number and symbol, such as ``108/2014/NĐ-CP``.

    `ordinal` keeps its leading zeros and letters ("01", "66.25", "30a"); `year` only where it stands between two slashes;
    `symbol` is the rest.  `hyphen`: the first separator is a hyphen, as the Party writes ("16-CT/TU").
    """

    ordinal: str
    year: int | None
    symbol: str
    hyphen: bool = False

    def __str__(self) -> str:
        if self.hyphen:
            return f"{self.ordinal}-{self.symbol}"
        return f"{self.ordinal}/{self.year}/{self.symbol}" if self.year else f"{self.ordinal}/{self.symbol}"

    @property
    def segments(self) -> tuple[str, ...]:
        """The letter groups of the symbol: ``("NĐ", "CP")``."""
        return tuple(re.split(r"[-/]", self.symbol))

    @property
    def key(self) -> str:
        """The number for comparison: no leading zeros, ASCII capitals, separators made one: ``108/2014/ND-CP``.

        Two writings of one number have one key: ``16-CT/TU``, ``16/CT-TU`` and ``16-ct/tu`` give ``16/CT-TU``.
        """
        ordinal = self.ordinal.lstrip("0") or "0"
        symbol = fold_symbol(self.symbol)
        return f"{ordinal.upper()}/{self.year}/{symbol}" if self.year else f"{ordinal.upper()}/{symbol}"


def fold_symbol(symbol: str) -> str:
    """A symbol as compared: ASCII capitals, "-" between groups, no "&": ``BGD&ĐT`` and ``bgdđt`` give ``BGDDT``."""
    return re.sub(r"[/-]+", "-", symbol.upper().translate(_CONFUSABLE).translate(_FOLD_LETTERS).replace("&", "").replace(" ", ""))


def tidy_number(text: str) -> str:
    """A number as written, made one word: white space out, dashes one, look-alike letters Latin.

    >>> tidy_number("143/2020/NĐ-\\n\\nCP")
    '143/2020/NĐ-CP'
    """
    return re.sub(r"\s+", "", _DASHES.sub("-", text).translate(_CONFUSABLE))


def parse_number(text: str) -> DocNumber:
    """The number that `text` is, however typed; `NotationError` where it is none.

    >>> str(parse_number("143 / 2020/NÐ- CP")), parse_number("01/kh-ubnd").key
    ('143/2020/NĐ-CP', '1/KH-UBND')
    """
    match = _NUMBER.fullmatch(tidy_number(text))
    if match is None:
        raise NotationError("document number", text)
    year = match["year"]
    return DocNumber(match["ordinal"], int(year) if year else None, match["symbol"], hyphen=bool(match["hyphen"]))


def number_key(text: str) -> str | None:
    """`DocNumber.key` of `text`, or ``None`` where it is no number: for looking things up."""
    try:
        return parse_number(text).key
    except NotationError:
        return None


# --- dates ------------------------------------------------------------------------------------------------------------

FIRST_YEAR = 1945  # the first acts of the State (Sắc lệnh) are of this year


def iso_date(year: int, month: int | None = None, day: int | None = None) -> str | None:
    """An ISO date as exact as its parts, or ``None`` where there is no such day.

    >>> iso_date(2023, 2, 6), iso_date(2023), iso_date(2023, 2, 31)
    ('2023-02-06', '2023', None)
    """
    if not FIRST_YEAR <= year <= 2100:
        return None
    if month is None:
        return f"{year:04d}"
    if day is None:
        return f"{year:04d}-{month:02d}" if 1 <= month <= 12 else None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


_DATE = re.compile(
    r"(?:ngày\s*)?(?:(?P<day>\d{1,2})\s*(?:[/.-]|tháng)\s*)?(?P<month>\d{1,2})\s*[/.-]?\s*(?:năm\s*)?(?P<year>\d{4})",
    re.IGNORECASE,
)


def parse_date(text: str) -> str | None:
    """The ISO date that `text` is: "ngày 01 tháng 6 năm 2023", "22/02/2022", "5.3.2020", "năm 2015"; ``None`` otherwise."""
    plain = " ".join(text.replace("tháng", " tháng ").split())
    year_only = re.fullmatch(r"(?:năm\s+)?(\d{4})", plain, re.IGNORECASE)
    if year_only:
        return iso_date(int(year_only[1]))
    match = re.fullmatch(_DATE, re.sub(r"^tháng ", "", plain))
    if match is None:
        return None
    return iso_date(int(match["year"]), int(match["month"]), int(match["day"]) if match["day"] else None)


# --- directive ids ----------------------------------------------------------------------------------------------------

_DIRECTIVE_ID = re.compile(
    r"""
    (?P<name>[a-z0-9]+(?:[.-][a-z0-9]+)*?)       # 108-2014-nd-cp, cv-228-snv-ccvc, luat-dat-dai
    (?:-(?P<year>(?:19|20)\d\d))?                # -2023, where the number holds no year
    (?:@(?P<place>[a-z0-9]+(?:[.-][a-z0-9]+)*))? # @tra-vinh.cau-ke, where the office is a local one
    (?:(?P<open>-)?~(?P<mark>[a-z0-9]*))?        # ~2 the second of that name; -~ year or office unknown
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class DirectiveId:
    """The id of a directive: short, typable, safe in a shell and in a path; only ``a-z 0-9 . - @ ~``.

    `name` is the slug of number and symbol, with a type before it where the symbol holds none (``cv-228-snv-ccvc``,
    ``luat-80-2015-qh13``); `year` stands only where `name` holds none.  `place` stands only for a local office: province,
    district, commune (``tra-vinh.cau-ke.an-phu-tan``), or kind and name where nothing tells the province
    (``huyen-lam-khe``).  `mark` tells apart what would else be one id ("2", "3"); with `unknown` it names the only paper of a
    directive whose year or office nobody says, and "" there means: not a directive, only a number.
    """

    name: str
    year: int | None = None
    place: str = ""
    mark: str = ""
    unknown: bool = False

    def __str__(self) -> str:
        year = f"-{self.year}" if self.year else ""
        place = f"@{self.place}" if self.place else ""
        mark = f"-~{self.mark}" if self.unknown else f"~{self.mark}" if self.mark else ""
        return f"{self.name}{year}{place}{mark}"


def parse_directive_id(text: str) -> DirectiveId:
    """The id that `text` is; `NotationError` where it is none.

    >>> parse_directive_id("60-qd-ubnd-2023@tra-vinh.cau-ke")
    DirectiveId(name='60-qd-ubnd', year=2023, place='tra-vinh.cau-ke', mark='', unknown=False)
    """
    match = _DIRECTIVE_ID.fullmatch(text)
    if match is None or (match["mark"] == "" and not match["open"]):
        raise NotationError("directive id", text)
    year = int(match["year"]) if match["year"] else None
    return DirectiveId(match["name"], year, match["place"] or "", match["mark"] or "", unknown=bool(match["open"]))
