"""The records that flow through docsearch, in the order in which they flow.

A file becomes a `RawText`, a `RawText` a `Document`; the pure columns read the document's text and return `Metadata`,
`Unit`s and `Citation`s; the resolver turns citations into `Link`s to `Directive`s; a typed line becomes a `Query` and
comes back as `Hit`s.  Read this file and you know the program.

Rules that hold for every record here:

* Text is Unicode NFC.  There is one canonical text per document, `Document.text`; every `Span` is a half-open range of
  code points into it, so ``document.text[span.start:span.end]`` is what was read.
* Dates are ISO 8601 strings, as exact as the source: ``2023-02-06``, ``2023-02`` or ``2023``.
* ``None`` means "not stated"; it never means "not looked for".
* Records are frozen and compute nothing beyond simple views of themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

# --- places in a text -------------------------------------------------------------------------------------------------


def _label(doctype: str | None, number: str | None, name: str | None) -> str:
    if name and number:
        return f"{name} số {number}"
    return name or (" ".join(part for part in (doctype, number) if part) if number else "")


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in `Document.text`."""

    start: int
    end: int

    def cut(self, text: str) -> str:
        """The words that this span covers."""
        return text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document: its number (from 1, as a reader counts) and where it stands in the text."""

    number: int
    span: Span


# --- what a reader hands on -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A file inside another one: a member of an archive, an attachment of a message.

    `name` is its path in there, "/" between, no other part's; `id` the SHA-256 of its bytes.  `problem` says why it cannot
    be taken out (``None``: it can).
    """

    name: str
    id: str = ""
    size: int = 0
    problem: str | None = None


SignatureState = Literal["intact", "added-to", "altered", "unchecked"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One digital signature in a file: it proves who let the file go, and is neither signer nor date of the paper.

    `signer` and `body` are the common name and the organisation of the certificate, as that writes them; `signed` is the
    signer's own time, ISO 8601 with its zone.  `state`: ``intact`` (what was signed is there unchanged; further signatures
    may follow), ``added-to`` (so it is, and remarks or stamps were put upon it later), ``altered`` (it was changed) or
    ``unchecked``.  Whether the certificate itself is to be trusted is not asked: that needs the network.
    """

    state: SignatureState
    signer: str | None = None
    body: str | None = None
    signed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """What one file says, page by page, in reading order; formats without pages have one.

    `furniture` holds the lines that a reader took out of the flow because they belong to the page and not to the paper
    (gazette headers, page numbers).  `notes` say, as short codes with an optional detail (``"encoding:utf-16"``,
    ``"page-without-text:3"``), what was assumed, changed or could not be read: nothing is skipped silently.  `parts` are
    the files that this one holds, each a document of its own; an archive has nothing else.  `signatures` are the digital
    ones, each in `notes` too.
    """

    format: str
    pages: tuple[str, ...]
    furniture: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    signatures: tuple[Signature, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file that we hold.  `id` is the SHA-256 of its bytes in hexadecimal; `path` is where it was read."""

    id: str
    path: str
    format: str
    size: int
    text: str
    pages: tuple[Page, ...]
    notes: tuple[str, ...] = ()


# --- what a document says of itself -----------------------------------------------------------------------------------

Certainty = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One field of a document with its evidence.

    `span` is the place in the text that says it (``None``: it was inferred, or stands outside the text, as in a file
    name).  `how` is the code of the rule that found it (``letterhead``, ``number-line``, ``symbol``, ``file-name`` ...).
    """

    value: str
    span: Span | None
    how: str
    certainty: Certainty = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a paper says of itself: the components of Nghị định 30/2020/NĐ-CP, Điều 8.

    `bases` are the "Căn cứ ..." paragraphs, whole.  `recipients` are the lines of "Nơi nhận", `addressees` those of
    "Kính gửi".  `warnings` are short codes of what looked wrong (``number-blank``, ``date-blank`` ...).
    """

    number: Fact | None = None  # số, ký hiệu: "265/BC-UBND"
    doctype: Fact | None = None  # tên loại: "Báo cáo"
    issuer: Fact | None = None  # cơ quan ban hành: "Ủy ban nhân dân huyện Cầu Kè"
    parent_issuer: Fact | None = None  # cơ quan chủ quản, the line above it
    place: Fact | None = None  # địa danh: "Cầu Kè"
    province: Fact | None = None  # of a district's or commune's office, as its text says: "Trà Vinh"
    issued: Fact | None = None  # ngày ban hành, ISO
    title: Fact | None = None  # trích yếu, on one line
    addressees: tuple[Fact, ...] = ()
    bases: tuple[Fact, ...] = ()
    signer: Fact | None = None  # người ký
    signer_position: Fact | None = None  # chức vụ: "PHÓ CHỦ TỊCH"
    signer_authority: Fact | None = None  # quyền hạn: "KT. CHỦ TỊCH"
    recipients: tuple[Fact, ...] = ()
    secrecy: Fact | None = None  # độ mật
    urgency: Fact | None = None  # độ khẩn
    effective: Fact | None = None  # ngày có hiệu lực, ISO
    warnings: tuple[str, ...] = ()


# --- the parts of a document ------------------------------------------------------------------------------------------

UnitKind = Literal["part", "chapter", "section", "subsection", "article", "clause", "point", "appendix", "heading"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One part of a document: Phần, Chương, Mục, Tiểu mục, Điều, Khoản, Điểm, Phụ lục, or a numbered heading.

    `label` is its own number as written ("5a", "II", "đ"); `title` its heading words on one line, "" where there are
    none.  `span` covers the whole unit with everything in it; `parent` is the index of the unit around it in the same
    sequence (``None`` at the top).  Units come in text order.
    """

    kind: UnitKind
    label: str
    title: str
    span: Span
    parent: int | None


# --- what it cites ----------------------------------------------------------------------------------------------------

CitationKind = Literal["number", "name", "digits", "standard", "permit", "judgment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One mention of one official instrument other than the document itself.

    `span` runs from the type word to the end of the number, or of the directly attached date or year; `text` is its
    cut.  `number`, `name`, `issued`, `issuer`, `title` and `pinpoint` are what the text states at this mention (white
    space collapsed; Đ mended from eth), never what was inferred.  `relation` is a code of ``tables/relations.toml``,
    from the citing document to the cited one, or, where `nested_in` is set, from the citation with that index (the
    instrument in whose title this one stands) to this one.  `cue` is the span of the words that decided the relation.
    `passive`: the cited instrument is the acting one ("được sửa đổi bởi").  `flags` are short codes of what looked odd
    (``type-mismatch``, ``ocr-repaired``, ``low-confidence`` ...) and of what the relation leaves out: ``suspends``,
    ``extends``, and ``acts:amends`` of a cited instrument that amends the one named before it.
    """

    span: Span
    text: str
    kind: CitationKind
    doctype: str | None
    number: str | None
    name: str | None
    issued: str | None
    issuer: str | None
    title: str | None
    pinpoint: str | None
    relation: str
    nested_in: int | None
    cue: Span | None = None
    number_span: Span | None = None
    issued_span: Span | None = None
    issuer_span: Span | None = None
    title_span: Span | None = None
    pinpoint_span: Span | None = None
    passive: bool = False
    partial: bool = False
    negated: bool = False
    certainty: Certainty = "high"
    flags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The cited instrument in a few words: "Nghị định 108/2014/NĐ-CP", or its name, or what the text says."""
        return _label(self.doctype, self.number, self.name) or self.text


AnaphorKind = Literal["self", "antecedent", "unresolved"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Anaphor:
    """Words that point back: "Quyết định này" (the document itself), "Kế hoạch nêu trên" (`target`: index of a citation)."""

    span: Span
    text: str
    kind: AnaphorKind
    target: int | None


@dataclass(frozen=True, slots=True)
class Alias:
    """A short name that a document defines ("sau đây gọi tắt là Nghị định số 57"): the words and the citation named."""

    span: Span
    text: str
    target: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """All that `citations.find_citations` reads in one text: citations in text order, anaphora and aliases apart."""

    citations: tuple[Citation, ...]
    anaphora: tuple[Anaphor, ...] = ()
    aliases: tuple[Alias, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """One document read by all pure columns: what ``docsearch extract`` prints."""

    text: str
    metadata: Metadata
    units: tuple[Unit, ...]
    findings: Findings


# --- what is meant ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An identity class of issuers that share one register of numbers, at one place.

    `code` is a row of ``tables/issuers.toml`` ("ubnd", "chinh-phu", "snv") or a slug of an unknown body; `place` is the
    slug path of the place, province first ("tra-vinh.cau-ke"), "" for a central body and ``None`` where it is unknown.
    UBND and its Chủ tịch are one office, a ministry and its minister another.
    """

    code: str
    place: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A citation made ready for resolution: what it states, with what could be inferred beside it.

    `document` and `index` say which citation it is; a mention with index -1 is the document's own identity, read from
    its metadata.  `how` names the evidence of the office ("stated", "symbol", "place-chain", "same-number" ...).
    `said` is the date of the citing document and `near` the place of its issuer ("" for a central body): they bound
    what an incomplete mention can mean.  `flags` are short codes of what was completed or looked odd (``short-form``,
    ``date-inherited``, ``issuer-mismatch`` ...).
    """

    document: str
    index: int
    doctype: str | None
    number: str | None
    name: str | None
    issued: str | None
    office: Office | None
    how: str
    title: str | None = None
    said: str | None = None
    near: str | None = None
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Directive:
    """An official instrument, held or not.  `id` is typable: ``108-2014-nd-cp``, ``60-qd-ubnd-2023@tra-vinh.cau-ke``.

    `documents` are the ids of the documents that embody it; none means that it is cited but missing.
    """

    id: str
    doctype: str | None
    number: str | None
    name: str | None
    issued: str | None
    office: Office | None
    title: str | None
    documents: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The directive in a few words: "Kế hoạch 97/KH-UBND", "Luật Đất đai số 31/2024/QH15"."""
        return _label(self.doctype, self.number, self.name) or self.id


LinkState = Literal["resolved", "ambiguous", "missing"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A mention with its target.

    resolved: `directive` is known and a document of it is held.  missing: `directive` is what it must be, but nothing
    held embodies it.  ambiguous: several directives fit (`candidates`), or too little is said to choose (none).
    `reasons` are the codes of the evidence, in the order in which it was weighed.
    """

    document: str
    index: int
    state: LinkState
    directive: str | None
    candidates: tuple[str, ...] = ()
    certainty: Certainty = "high"
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One relation between two directives, said by one citation of one document.

    `relation` is a code of ``tables/relations.toml``, also one that a citation tells as a wider relation and a flag.
    `source` is ``None`` where the acting directive is not identified.  `asserted_by` is the document that says it: for a
    nested citation that is a third party.
    """

    source: str | None
    target: str
    relation: str
    asserted_by: str
    index: int
    partial: bool = False


ValidityState = Literal["in_force", "partly_expired", "expired", "not_yet", "suspended", "unknown"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Validity:
    """What the edges that we hold say of a directive on one day, with the edges that say it; never more than that."""

    directive: str
    on: str
    state: ValidityState
    evidence: tuple[Edge, ...] = ()
    reasons: tuple[str, ...] = ()


Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something inconsistent about a document's citations: code, severity, place in the text, and what it is about.

    `detail` holds what is said and what speaks against it, by names that the code fixes.  `line` counts from 1 and `words` are
    those of the place on one line, for people who have the paper before them and not our text; a checked file has both.
    """

    code: str
    severity: Severity
    span: Span | None
    detail: Mapping[str, str] = field(default_factory=dict)
    line: int | None = None
    words: str = ""


# --- one file through the road ----------------------------------------------------------------------------------------

OutcomeState = Literal["new", "changed", "unchanged", "gone", "failed", "skipped"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one path in one run of ``index``: a value, never an exception.  `reason` explains a failure."""

    path: str
    state: OutcomeState
    document: str | None = None
    reason: str | None = None
    seconds: float = 0.0


# --- asking -----------------------------------------------------------------------------------------------------------

Match = Literal["exact", "folded"]


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text: where it stands, its position, and its two keys.

    `exact` keeps the marks (tone placement made one: hoà = hòa); `folded` has none (`hoa`).
    """

    exact: str
    folded: str
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Term:
    """A word, in one field or (``None``) in all text fields; `match` says which key is compared.

    `kept`: the person asked for this comparison (``=từ``), so it is never given up.
    """

    word: str
    match: Match = "folded"
    field: str | None = None
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words next to each other, in order; `slop` is how many other words may stand between."""

    words: tuple[str, ...]
    match: Match = "folded"
    field: str | None = None
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so."""

    word: str
    match: Match = "folded"
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within `distance` edits."""

    word: str
    match: Match = "folded"
    field: str | None = None
    distance: int = 1


@dataclass(frozen=True, slots=True)
class Number:
    """A document number as a number, however it was typed: `key` as `notation.DocNumber.key` gives it.

    `field`: "number" (the document's own) or "cites"; ``None`` for either.
    """

    key: str
    typed: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Range:
    """A value between two bounds, both included; ``None`` is open.  Fields: year, issued."""

    field: str
    low: str | None
    high: str | None


@dataclass(frozen=True, slots=True)
class OneOf:
    """A keyword field that has one of these values: doctype, issuer, status, document ...

    `said` are the words that stand for the values, where these were looked up ("dẫn:Luật Đất đai" as document ids).
    """

    field: str
    values: tuple[str, ...]
    said: str = ""


@dataclass(frozen=True, slots=True)
class And:
    """All of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of these.  `near`: words typed side by side, so a document where they stand so comes first."""

    parts: tuple[Node, ...]
    near: bool = False


@dataclass(frozen=True, slots=True)
class Not:
    """None of this; only inside an `And`."""

    part: Node


Node = Term | Phrase | Prefix | Fuzzy | Number | Range | OneOf | And | Or | Not


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A typed line, understood: the tree (``None``: nothing to look for, so everything), and what was made of the typing.

    `match` is the mode the words got: marks typed = exact, none = folded.  `notes` are codes of what was repaired.
    """

    typed: str
    node: Node | None
    match: Match
    notes: tuple[str, ...] = ()


Sort = Literal["relevance", "date", "-date", "number"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What an engine is given of one document.  `numbers` are number keys: the document's own; `cites`: those it cites."""

    document: str
    title: str
    headings: str
    body: str
    number: str
    numbers: tuple[str, ...]
    cites: tuple[str, ...]
    doctype: str
    issuer: str
    level: str
    year: int | None
    issued: str
    status: str = ""
    signer: str = ""
    place: str = ""
    addressees: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One match as an engine sees it: the document's id and its score; higher is better, within one engine."""

    document: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """One page of an engine's answer: the documents, how many match in all, and counts per value of each facet asked."""

    rows: tuple[Scored, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Snippet:
    """A fragment of a text: its span, its words on one line, the spans of the hits in those words, its page and unit.

    `unit` is the innermost part of the document that holds the first hit, as the law names it: "khoản 2 Điều 5".
    """

    span: Span
    text: str
    highlights: tuple[Span, ...]
    page: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitHit:
    """A part of a document that answers a query: the unit, its name ("Điều 5"), its score among the parts, a fragment of it."""

    unit: Unit
    score: float
    name: str = ""
    snippet: Snippet | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one asked thing matched: the words typed, the field that holds them, and how: with their marks or without.

    `field`: number, title, issuer, signer, headings, body, cites ...; `match` is ``None`` for what has no marks to compare
    (numbers, dates); `times` is how often it stands there (1 for what is no text).
    """

    asked: str
    field: str
    match: Match | None
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The facts of one document that a list shows."""

    document: str
    directive: str | None
    path: str
    format: str
    doctype: str | None
    number: str | None
    issuer: str | None
    issued: str | None
    title: str | None

    @property
    def label(self) -> str:
        """The document in a few words: type and number, or where it lies."""
        return _label(self.doctype, self.number, None) or self.path


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One search result: the document, its score, how the words matched, where; where asked for, why and in which parts."""

    card: Card
    score: float
    match: Match
    snippets: tuple[Snippet, ...]
    reasons: tuple[Reason, ...] = ()
    units: tuple[UnitHit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A page of results with what was understood: `query` is the query that was run in the end, `notes` say if it changed.

    `corrections` are lines that may have been meant, best first, where little or nothing was found.
    """

    query: Query
    hits: tuple[Hit, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    corrections: tuple[str, ...] = ()


SuggestionKind = Literal["number", "name", "title", "issuer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """How a line that is being typed may go on: `text` to type, of which kind, and what else is known of it.

    `detail` is the title of a numbered directive, the number of a titled document.
    """

    kind: SuggestionKind
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions beside the typed words; all must hold, within one the values are alternatives; empty = no condition.

    `issued_from` and `issued_to` are ISO dates of any exactness, both included ("2023" covers the whole year);
    `cites` and `cited_by` are references as people type them.  `as_named`: an office or a place, here and in the typed
    line, is looked for under the name given alone, not under its earlier and later ones too.
    """

    doctypes: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    issued_from: str | None = None
    issued_to: str | None = None
    cites: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    as_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedSearch:
    """A search that a person keeps: its name, what was typed, its conditions, and when it was kept (ISO, UTC).

    `seen` are the beginnings of the ids of the documents that it has shown.
    """

    name: str
    typed: str
    filters: Filters = Filters()
    match: Match | None = None
    sort: Sort = "relevance"
    saved: str = ""
    seen: frozenset[str] = frozenset()


# --- what the library answers -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What a typed reference means: the directives (and held documents) that fit; several = ambiguous, none = unknown.

    `near`: known numbers a slip away from one that nobody bears or cites.
    """

    typed: str
    directives: tuple[Directive, ...] = ()
    cards: tuple[Card, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One citation of a document, with where it leads; `directive` is ``None`` unless the link names one."""

    citation: Citation
    link: Link
    directive: Directive | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """One place that cites a directive: the document, the citation, its link, and the sentence around it.

    `highlight` is the span of the citation within `sentence`; `page` counts from 1.
    """

    card: Card
    citation: Citation
    link: Link
    sentence: str
    highlight: Span
    page: int | None


VersionState = Literal["signed", "scanned", "draft", ""]
Kinship = Literal["same-bytes", "same-text", "same-directive", "draft"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One document among several that are one paper: where it lies, what it is ("" where it does not show).

    `likeness` is the share of passages that it has in common with the first of them, 0 to 1.
    """

    card: Card
    paths: tuple[str, ...]
    state: VersionState
    likeness: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicate:
    """Documents that are the same thing, and in what way; `directive` where they are versions or drafts of one.

    same-bytes: one document in several files.  same-text: the same words in other bytes.  same-directive: the same number,
    symbol, office and year.  draft: no number yet, but the type, office, subject and most of the text of the other.
    """

    kind: Kinship
    directive: Directive | None
    versions: tuple[Version, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All that ``show`` tells of one directive or document."""

    directive: Directive | None
    cards: tuple[Card, ...]
    metadata: Metadata | None
    cites: tuple[Cited, ...]
    cited_by: tuple[Citing, ...]  # the newest; `times_cited` says how many there are
    times_cited: tuple[int, int] = (0, 0)  # documents, places
    edges: tuple[Edge, ...] = ()
    validity: Validity | None = None
    acts: tuple[Directive, ...] = ()  # those that the evidence of `validity` names
    witnesses: tuple[Card, ...] = ()  # the documents that say so
    versions: tuple[Version, ...] = ()
    notes: tuple[str, ...] = ()  # what the reader of its first document noted, as in `RawText`


@dataclass(frozen=True, slots=True, kw_only=True)
class XrefRow:
    """One line of the cross-reference listing: one citing document, one cited directive, how and how often."""

    citing: Card
    directive: Directive | None
    cited_as: str
    state: LinkState
    relation: str
    times: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A directive that is cited but not held: by how many documents, in how many places, and some of them."""

    directive: Directive
    documents: int
    mentions: int
    cited_in: tuple[Card, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one run of ``index`` did: counts by state, each failure, and what it cost."""

    counts: Mapping[OutcomeState, int]
    failures: tuple[Outcome, ...]
    characters: int
    citations: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The size and state of an archive; `links` counts citations by state, `pending` is what the engine still has to take in."""

    path: str
    engine: str
    version: str
    documents: int
    characters: int
    citations: int
    directives: int
    missing: int
    links: Mapping[str, int]
    doctypes: Mapping[str, int]
    failures: int
    pending: int
    disk_bytes: int
    last_run: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ailment:
    """One thing that ``doctor`` found wrong: a code, what it is about, and whether it was mended."""

    code: str
    severity: Severity
    subject: str
    detail: str
    mended: bool = False
