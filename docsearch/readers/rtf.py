"""Rich Text Format to text, as Word shows it: tables, list numbers, notes, text boxes; old code pages and fonts.

The format is that of the Rich Text Format Specification 1.9.1.  Objects and pictures are passed over; nothing is run.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from docsearch import legacy
from docsearch.errors import LimitExceeded
from docsearch.model import RawText
from docsearch.readers.blocks import Block, compose
from docsearch.readers.decoding import from_legacy
from docsearch.readers.flow import raised
from docsearch.readers.source import Source
from docsearch.readers.symbols import plain_signs

_TOKEN = re.compile(
    r"""\\(?:
        (?P<word>[a-zA-Z]{1,32}) (?P<number>-?\d{1,10})? [ ]?   # a control word, its number, and the space that ends it
      | '(?P<byte>[0-9a-fA-F]{2})                             # a byte of text
      | (?P<sign>[^a-zA-Z'])                                  # a control sign
    ) | (?P<group>[{}]) | (?P<text>[^\\{}\r\n]+)""",
    re.VERBOSE,
)
# The code page of a font's character set; 0 (ANSI) is that of the file.
_CHARSETS = {
    77: "mac-roman", 128: "cp932", 129: "cp949", 134: "cp936", 136: "cp950", 161: "cp1253", 162: "cp1254", 163: "cp1258",
    177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
}  # fmt: skip
_SYMBOL_CHARSET = 2
_HALF = re.compile("[\ud800-\udfff]")
_DEPTH = 10_000  # groups in groups; real files have some twenty
_CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“",
    "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SIGNS = {"~": " ", "_": "-", "-": "", "\t": "\t", "\n": "\r", "\r": "\r"}
_ENDS: dict[str, Literal["paragraph", "cell", "row"]] = {
    "par": "paragraph", "sect": "paragraph", "page": "paragraph", "column": "paragraph", "cell": "cell", "nestcell": "cell",
    "row": "row", "nestrow": "row",
}  # fmt: skip
# Groups whose text is no part of the paper.
_UNSEEN = {
    "colortbl", "stylesheet", "info", "pict", "objdata", "objclass", "fldinst", "listtable", "listoverridetable", "revtbl",
    "rsidtbl", "generator", "themedata", "colorschememapping", "datastore", "latentstyles", "filetbl", "xe", "tc",
    "bkmkstart", "bkmkend", "annotation", "atnid", "atnauthor", "atnref", "atndate", "atnicn", "nonshppict", "sp", "shprslt",
    "nonesttables", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template", "private", "datafield",
    "xmlnstbl", "mmathPr", "wgrffmtfilter", "pnseclvl", "userprops", "docvar", "fontemb", "fontfile", "falt", "panose",
    "password",
}  # fmt: skip
# Groups marked "pass over what you do not know" that are known.
_KNOWN = frozenset({"shppict", "shpinst", "shptxt", "nesttableprops", "footnote"})
_STORIES = frozenset(
    {"footnote", "shptxt"} | {f"{place}{page}" for place in ("header", "footer") for page in ("", "l", "r", "f")}
)


@dataclass(frozen=True, slots=True)
class _Font:
    name: str = ""
    charset: int = 0


@dataclass(frozen=True, slots=True)
class _Look:
    """What holds in a group.  `skip` are the characters that stand for a Unicode one in programs that know none."""

    font: int = 0
    unseen: bool = False
    capitals: bool = False
    raised: bool = False
    skip: int = 1
    group: str = ""  # the story or table of fonts that the group is, "" inside one


@dataclass(slots=True)
class _Story:
    """A text of its own: the body, a note, a header, a text box."""

    kind: str
    blocks: list[Block] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)  # of the paragraph that is open
    depth: int = 0

    def end(self, kind: Literal["paragraph", "cell", "row"]) -> None:
        depth = max(self.depth, 1) if kind != "paragraph" else self.depth
        self.blocks.append(Block("".join(self.pieces), depth, kind))
        self.pieces = []

    def whole(self) -> str:
        if self.pieces:
            self.end("paragraph")
        text = compose(self.blocks)
        # Letters beyond 16 bits come in two halves.
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _HALF.search(text) else text


def read(source: Source) -> RawText:
    """One page: the body, then the notes as "[1] ..."; headers and footers are furniture."""
    raw, fonts = _Rtf(source.path).read(source.data)
    encoding = legacy.detect("\n".join(raw.pages), fonts)
    if encoding and any(map(legacy.is_capital_font, fonts)):
        raw, _ = _Rtf(source.path, encoding).read(source.data)
    return from_legacy(raw, fonts)


class _Rtf:
    """One file being read.  `encoding` is the legacy one of its text, where it has one: capital fonts matter then."""

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self._path = path
        self._encoding = encoding
        self._codec = "cp1252"
        self._fonts: dict[int, _Font] = {}
        self._default_font = 0
        self._used: set[int] = set()
        self._looks = [_Look()]
        self._stories = [_Story("body")]
        self._notes: list[str] = []
        self._furniture: dict[str, None] = {}
        self._bytes = bytearray()  # text not yet decoded: letters of some code pages have two bytes
        self._skipping = 0
        self._star = False
        self._deletions = 0

    def read(self, data: bytes) -> tuple[RawText, list[str]]:
        """The text, and the names of the fonts that it uses."""
        for token in self._tokens(data.decode("latin-1")):
            self._take(token)
        self._flush()
        notes = [f"tracked-deletions:{self._deletions}"] if self._deletions else []
        notes += ["cut-short"] if len(self._looks) > 1 else []
        while len(self._stories) > 1:
            self._end_story()
        text = "\n".join(part for part in (self._stories[0].whole(), *self._notes) if part)
        fonts = [self._fonts[number].name for number in sorted(self._used & self._fonts.keys())]
        return RawText(format="rtf", pages=(text,), furniture=tuple(self._furniture), notes=tuple(notes)), fonts

    def _tokens(self, text: str) -> Iterator[re.Match[str]]:
        at = 0
        while found := _TOKEN.search(text, at):
            at = found.end()
            if found["word"] == "bin":  # so many bytes that are no text
                at += max(0, int(found["number"] or 0))
            else:
                yield found

    # --- tokens -------------------------------------------------------------------------------------------------------

    def _take(self, token: re.Match[str]) -> None:
        if token["text"] or token["byte"]:
            self._take_bytes(token["text"].encode("latin-1") if token["text"] else bytes.fromhex(token["byte"]))
            return
        if token["word"] == "u":
            self._take_unicode(int(token["number"] or 0))
            return
        self._flush()
        self._skipping = 0
        if token["group"] == "{":
            self._begin_group()
        elif token["group"] == "}":
            self._end_group()
        elif token["sign"] == "*":
            self._star = True
            return
        elif token["sign"]:
            self._take_sign(token["sign"])
        else:
            self._take_word(token["word"], int(token["number"]) if token["number"] else None)
        self._star = False

    def _take_bytes(self, data: bytes) -> None:
        skipped = min(self._skipping, len(data))
        self._skipping -= skipped
        self._bytes += data[skipped:]

    def _take_unicode(self, number: int) -> None:
        self._flush()
        self._write(chr(number % 0x10000))
        self._skipping = self._looks[-1].skip

    def _take_sign(self, sign: str) -> None:
        if _SIGNS.get(sign) == "\r":
            self._end("paragraph")
        else:
            self._write(_SIGNS.get(sign, sign if sign in "\\{}" else ""))

    def _take_word(self, word: str, number: int | None) -> None:
        look = self._looks[-1]
        if word in _STORIES and not look.unseen:
            self._begin_story(word)
        elif word == "fonttbl":
            self._looks[-1] = replace(look, group="fonttbl", unseen=True)
        elif word in _UNSEEN or (self._star and word not in _KNOWN):
            self._looks[-1] = replace(look, group="aside", unseen=True)
        elif word in _ENDS:
            self._end(_ENDS[word])
        elif word in _CHARACTERS:
            self._write(_CHARACTERS[word])
        elif not self._set_look(word, number):
            self._set_place(word, number)

    def _set_look(self, word: str, number: int | None) -> bool:
        """Change how the text of this group is shown; False where the word is of another kind."""
        look, on = self._looks[-1], number != 0
        match word:
            case "f":
                look = replace(look, font=number or 0)
                self._fonts.setdefault(look.font, _Font())
            case "plain":
                look = replace(look, font=self._default_font, capitals=False, raised=False)
            case "v" | "deleted":
                self._deletions += word == "deleted" and on
                look = replace(look, unseen=on or (look.unseen and len(self._looks) > 1 and self._looks[-2].unseen))
            case "caps":
                look = replace(look, capitals=on)
            case "super" | "up":
                look = replace(look, raised=on)
            case "nosupersub" | "sub":
                look = replace(look, raised=False)
            case "uc":
                look = replace(look, skip=min(max(number or 0, 0), 8))
            case _:
                return False
        self._looks[-1] = look
        return True

    def _set_place(self, word: str, number: int | None) -> None:
        story = self._stories[-1]
        match word:
            case "pard":
                story.depth = 0
            case "intbl":
                story.depth = max(story.depth, 1)
            case "itap":
                story.depth = min(max(number or 0, 0), 50)
            case "ansicpg":
                self._codec = f"cp{number or 1252}"
            case "mac":
                self._codec = "mac-roman"
            case "deff":
                self._default_font = number or 0
                self._looks[-1] = replace(self._looks[-1], font=self._default_font)
            case "fcharset" if self._in_font_table():
                font = self._looks[-1].font
                self._fonts[font] = replace(self._fonts.get(font, _Font()), charset=number or 0)

    # --- text ---------------------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        if not self._bytes:
            return
        data, self._bytes = bytes(self._bytes), bytearray()
        if self._in_font_table():
            self._name_font(data.decode("latin-1"))
        else:
            self._write(self._decode(data))

    def _decode(self, data: bytes) -> str:
        charset = self._fonts.get(self._looks[-1].font, _Font()).charset
        if charset == _SYMBOL_CHARSET:
            return "".join(chr(0xF000 + byte) if byte > 32 else chr(byte) for byte in data)
        try:
            return data.decode(_CHARSETS.get(charset, self._codec))
        except (UnicodeDecodeError, LookupError):
            return legacy_letters(data)

    def _write(self, text: str) -> None:
        look = self._looks[-1]
        if look.unseen or not text:
            return
        self._used.add(look.font)
        story = self._stories[-1]
        text = plain_signs(text)
        if look.capitals:
            text = text.upper()
        elif self._encoding and legacy.is_capital_font(self._fonts.get(look.font, _Font()).name):
            text = legacy.in_capitals(text)
        story.pieces.append(raised("".join(story.pieces[-9:]), text) if look.raised else text)

    def _end(self, kind: Literal["paragraph", "cell", "row"]) -> None:
        if not self._looks[-1].unseen:
            self._stories[-1].end(kind)

    # --- groups -------------------------------------------------------------------------------------------------------

    def _begin_group(self) -> None:
        if len(self._looks) > _DEPTH:
            raise LimitExceeded(self._path, "nested too deeply")
        self._looks.append(replace(self._looks[-1], group=""))

    def _end_group(self) -> None:
        if len(self._looks) > 1:
            look = self._looks.pop()
            if look.group in _STORIES:
                self._end_story()

    def _begin_story(self, kind: str) -> None:
        if kind == "footnote":
            self._stories[-1].pieces.append(f"[{len(self._notes) + 1}]")
            self._notes.append("")
        self._stories.append(_Story(kind if kind != "footnote" else str(len(self._notes))))
        self._looks[-1] = replace(self._looks[-1], group=kind, raised=False)

    def _end_story(self) -> None:
        story = self._stories.pop()
        text = story.whole()
        if story.kind.isdigit():
            self._notes[int(story.kind) - 1] = f"[{story.kind}] {text}" if text else ""
        elif story.kind == "shptxt":  # a text box stands before the paragraph on which it hangs
            self._stories[-1].blocks.append(Block(text, self._stories[-1].depth))
        else:
            self._furniture.update(dict.fromkeys(line for line in text.split("\n") if line.strip()))

    def _in_font_table(self) -> bool:
        groups = [look.group for look in self._looks[-3:]]
        return "fonttbl" in groups and "aside" not in groups

    def _name_font(self, text: str) -> None:
        number = self._looks[-1].font
        font = self._fonts.get(number, _Font())
        if not font.name:
            self._fonts[number] = replace(font, name=text.partition(";")[0].strip())


def legacy_letters(data: bytes) -> str:
    """Bytes as Windows-1252 has them, those that it leaves undefined as they are."""
    return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in data)
