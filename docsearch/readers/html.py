"""Web pages to text: blocks become lines, the portal's chrome is dropped, nothing is fetched.

Seen in: saved bodies and full pages of vbpl.vn, pages saved by Word, ASP.NET portals.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from docsearch.errors import BrokenFile
from docsearch.model import RawText
from docsearch.readers.decoding import decode, vietnamese_share
from docsearch.readers.flow import raised, squeeze, table_text
from docsearch.readers.source import Source

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_UNSEEN = ("script", "style", "noscript", "template", "head", "svg")
_DROPPED = frozenset(
    {
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "footer",
        "aside",
        "button",
        "select",
        "option",
        "textarea",
        "input",
    }
    | {"iframe", "object", "embed", "canvas", "audio", "video", "map", "dialog", "menu"}
)
_DROPPED_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "search", "menu", "menubar", "tablist", "complementary", "dialog", "alert"}
)
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
# Names that portals give to what stands around a paper; "chân trang" is a footer, "liên kết" are links.
_CHROME_NAMES = re.compile(
    r"(?:^|[\s_-])(?:menu|nav(?:bar|igation)?|breadcrumbs?|sidebar|footer|top-?bar|share|social|comments?|chan-?trang|lien-?ket)(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all)", re.IGNORECASE)
_BLOCKS = frozenset(
    {
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
    }
    | {"figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "ol", "p"}
    | {"pre", "section", "summary", "ul"}
)
_CELL_STYLE = re.compile(r"display\s*:\s*(?:table-cell|table-row|block|flex|grid|table)\b", re.IGNORECASE)
# Where a portal marks the paper itself.  The first that is there and holds text is taken.
_ROOTS = (
    "//*[@data-vbpl-content-root]",  # vbpl.vn since 2025
    "//*[@id='toanvancontent']",  # vbpl.vn before
    "//*[@id='divContentDoc' or @id='tab1' and contains(@class, 'contentDoc')]",  # thuvienphapluat.vn
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' the-document-body ')]",  # luatvietnam.vn
    "//article[not(//article[2])]",
    "//main[not(//main[2])]",
    "//*[@role='main']",
)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,30})|<\?xml[^>]{0,100}encoding=[\"']([\w-]{2,30})", re.IGNORECASE
)


def read(source: Source) -> RawText:
    """The page's text on one page; ``chrome-dropped:N`` notes how many characters of the page were not the paper."""
    declared = _CHARSET.search(source.data[:4096])
    decoded = decode(source, (declared[1] or declared[2]).decode("ascii") if declared else None)
    tree = _parse(source, decoded.text)
    root, notes = _content(tree)
    text = _text(root)
    return RawText(format="html", pages=(text,), notes=(*decoded.notes, *notes))


def _parse(source: Source, text: str) -> HtmlElement:
    from lxml import etree, html  # heavy, and only web pages need it

    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, encoding="utf-8")
    data = re.sub("[\x00\ud800-\udfff]", "\ufffd", text).encode("utf-8")
    try:
        tree = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except (etree.LxmlError, ValueError) as error:
        raise BrokenFile(source.path, f"not a readable web page ({error})") from error
    assert isinstance(tree, html.HtmlElement)
    return tree


# --- the paper in the page --------------------------------------------------------------------------------------------


def _content(tree: HtmlElement) -> tuple[HtmlElement, tuple[str, ...]]:
    """The element that holds the paper, cleared of chrome; and notes on what was dropped."""
    from lxml import etree

    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    whole = len(tree.text_content())
    root = _marked_root(tree)
    _drop(root, _is_hidden)
    _drop(root, _is_around)
    notes = _drop_foreign_twins(root)
    dropped = whole - len(root.text_content())
    return root, (*notes, f"chrome-dropped:{dropped}") if dropped > 100 else notes


def _marked_root(tree: HtmlElement) -> HtmlElement:
    for path in _ROOTS:
        found = [element for element in tree.xpath(path) if len(element.text_content().strip()) >= 200]
        if found:
            element: HtmlElement = found[0]
            return element
    return tree


def _drop(root: HtmlElement, unwanted: Callable[[HtmlElement, int], bool]) -> None:
    whole = len(root.text_content())
    for element in [element for element in root.iter() if element is not root and unwanted(element, whole)]:
        if element.getparent() is not None:
            element.drop_tree()


def _is_hidden(element: HtmlElement, _whole: int) -> bool:
    return (
        not isinstance(element.tag, str)
        or element.tag in _DROPPED
        or element.get("role") in _DROPPED_ROLES
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def _is_around(element: HtmlElement, whole: int) -> bool:
    """True for a menu or footer by its name, and for a list of nothing but short links; never for a fifth of the page."""
    if element.tag not in ("div", "ul", "ol", "section", "form", "header"):
        return False
    named = _CHROME_NAMES.search(f"{element.get('id') or ''} {element.get('class') or ''}")
    if not named and element.tag not in ("ul", "ol"):
        return False
    text = element.text_content()
    return len(text) * 5 < whole and (named is not None or _is_link_list(element, text))


def _is_link_list(element: HtmlElement, text: str) -> bool:
    links = [link.text_content().strip() for link in element.iter("a")]
    linked = sum(map(len, links))
    return len(links) > 2 and linked > 0.8 * len("".join(text.split())) and linked < 40 * len(links)


def _drop_foreign_twins(root: HtmlElement) -> tuple[str, ...]:
    """Drop the hidden English tab: a long block without Vietnamese letters beside one of the same class that has them."""
    dropped = 0
    twins: dict[tuple[HtmlElement, str], list[HtmlElement]] = {}
    for element in root.iter("div", "section"):
        if element is not root and element.get("class"):
            twins.setdefault((element.getparent(), element.get("class")), []).append(element)
    for group in twins.values():
        if len(group) > 1:
            dropped += _drop_foreign(group)
    return ("foreign-tab-dropped",) if dropped else ()


def _drop_foreign(group: list[HtmlElement]) -> int:
    shares = [(element, *_share(element)) for element in group]
    if not any(length >= 400 and share > 0.05 for _, length, share in shares):
        return 0
    foreign = [element for element, length, share in shares if length >= 400 and share < 0.01]
    for element in foreign:
        element.drop_tree()
    return len(foreign)


def _share(element: HtmlElement) -> tuple[int, float]:
    text = element.text_content()
    letters = sum(map(str.isalpha, text))
    return letters, vietnamese_share(text)


# --- blocks to lines --------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Writer:
    """Text in the making.  Each open table cell has its own buffer; `rows` holds the open tables."""

    buffers: list[list[str]] = field(default_factory=lambda: [[]])
    rows: list[list[list[str]]] = field(default_factory=list)
    lists: list[int | None] = field(default_factory=list)
    preformatted: int = 0

    def inline(self, text: str | None) -> None:
        if text and (self.preformatted or not text.isspace() or not self.at_line_start()):
            self.buffers[-1].append(text if self.preformatted else _SPACE.sub(" ", text))

    def line(self) -> None:
        if not self.at_line_start():
            self.buffers[-1].append("\n")

    def at_line_start(self) -> bool:
        buffer = self.buffers[-1]
        return not buffer or buffer[-1].endswith("\n")


def _text(root: HtmlElement) -> str:
    """The text below `root`.  Walks by events, so that depth costs no stack."""
    from lxml import etree

    writer = _Writer()
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            _open(writer, element)
            writer.inline(element.text)
        else:
            _close(writer, element)
            if element is not root:
                writer.inline(element.tail)
    return squeeze("".join(writer.buffers[0]))


def _open(writer: _Writer, element: HtmlElement) -> None:
    tag = element.tag
    if tag == "table":
        writer.line()
        writer.rows.append([])
    elif tag == "tr" and writer.rows:
        writer.rows[-1].append([])
    elif tag in ("td", "th"):
        writer.buffers.append([])
    elif tag == "br":
        writer.buffers[-1].append("\n")
    elif tag == "sup":
        writer.buffers.append([])
    elif tag in _BLOCKS or _CELL_STYLE.search(element.get("style") or ""):
        writer.line()
        _open_list(writer, element)


def _close(writer: _Writer, element: HtmlElement) -> None:
    tag = element.tag
    if tag == "table":
        writer.line()
        writer.buffers[-1].append(table_text(writer.rows.pop()) + "\n")
    elif tag in ("td", "th"):
        _close_cell(writer)
    elif tag == "sup":
        mark = "".join(writer.buffers.pop())
        writer.buffers[-1].append(raised("".join(writer.buffers[-1][-3:]).rpartition("\n")[2], mark))
    elif tag in _BLOCKS or _CELL_STYLE.search(element.get("style") or ""):
        if tag in ("ol", "ul"):
            writer.lists.pop()
        writer.preformatted -= tag == "pre"
        writer.line()


def _close_cell(writer: _Writer) -> None:
    text = squeeze("".join(writer.buffers.pop()))
    if writer.rows and writer.rows[-1]:
        writer.rows[-1][-1].append(text)
    else:  # a cell outside a table or row: the page is broken, the text is not
        writer.buffers[-1].append(f"\n{text}\n")


def _open_list(writer: _Writer, element: HtmlElement) -> None:
    """Numbers that the browser writes: they are part of what a reader of the page sees."""
    tag = element.tag
    if tag == "ol":
        start = element.get("start") or "1"
        writer.lists.append(int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1)
    elif tag == "ul":
        writer.lists.append(None)
    elif tag == "pre":
        writer.preformatted += 1
    elif tag == "li" and writer.lists:
        number = writer.lists[-1]
        writer.inline("- " if number is None else f"{number}. ")
        writer.lists[-1] = None if number is None else number + 1
