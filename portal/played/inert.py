"""A page of ours to look at only: nothing in it can be followed or sent, and what is new since an earlier look is marked.

The safety of who looks on does not hang on this: the page is shown in a frame without rights (see docs/rehearsals.md).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from typing import Final

GONE: Final = frozenset(
    {"script", "style", "noscript", "iframe", "object", "embed", "base", "template"}
)  # with all in them
SILENT: Final = frozenset({"title", "option", "textarea"})  # a mark cannot stand in these
LEADS_AWAY: Final = frozenset({"action", "formaction", "target", "ping", "autofocus", "srcdoc", "download"})
FETCHED: Final = frozenset({"src", "href", "srcset", "poster", "data"})
OURS: Final = "/static/"
EMPTY: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
MARK: Final = 2  # the most signs that the mark of a step on a timeline has: a tick, or its number
ASIDE: Final = frozenset({"header", "footer", "nav"})  # the same on every page: no news stands there


@dataclass(frozen=True, slots=True)
class InertPage:
    """`html` is the whole page; `lines` the texts in it, each once, in reading order."""

    title: str
    html: str
    lines: tuple[str, ...]


def inert(page: str, before: Collection[str] | None = None) -> InertPage:
    """`before`: the lines of an earlier look; what is not among them is marked. None: nothing is."""
    maker = _Maker(before)
    maker.feed(page)
    maker.close()
    return InertPage(_folded("".join(maker.title)), "".join(maker.made), tuple(dict.fromkeys(maker.lines)))


def changes(before: Sequence[str], now: Sequence[str]) -> tuple[list[str], list[str]]:
    """The lines that came, and those that went: of those that say something, so not the tick or the number of a step on a timeline."""
    was, there = set(before), set(now)
    came, went = [one for one in now if one not in was], [one for one in before if one not in there]
    return [one for one in came if _says(one)], [one for one in went if _says(one)]


def _says(line: str) -> bool:
    return len(line) > MARK or any(one.isalpha() for one in line)


@dataclass
class _Maker(HTMLParser):
    before: Collection[str] | None
    made: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    title: list[str] = field(default_factory=list)
    inside: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_decl(self, decl: str) -> None:
        self.made.append(f"<!{decl}>")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._hidden():
            self.inside += [tag] if tag in GONE and tag not in EMPTY else []
            return
        if tag in GONE or (tag == "meta" and any(name == "http-equiv" for name, _ in attrs)):
            self.inside += [tag] if tag not in EMPTY else []
            return
        if tag not in EMPTY:
            self.inside.append(tag)
        kept = "".join(_attribute(name, value) for name, value in attrs if _may_stay(tag, name, value or ""))
        self.made.append(f"<{tag}{kept}>")

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.inside:
            return
        hidden = self._hidden()
        while self.inside.pop() != tag:
            pass
        if not hidden:
            self.made.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if self._hidden():
            return
        text = _folded(data)
        if "title" in self.inside and "svg" not in self.inside:
            self.title.append(data)
        elif text and not ASIDE.intersection(self.inside):
            self.lines.append(text)
            if self.before is not None and text not in self.before and not SILENT.intersection(self.inside):
                self.made.append(f"<mark>{escape(data)}</mark>")
                return
        self.made.append(escape(data))

    def _hidden(self) -> bool:
        return bool(GONE.intersection(self.inside))


def _attribute(name: str, value: str | None) -> str:
    return f" {name}" if value is None else f' {name}="{escape(value)}"'


def _may_stay(tag: str, name: str, value: str) -> bool:
    if name.startswith("on") or name == "style" or name in LEADS_AWAY:
        return False
    if name in FETCHED:
        return tag in {"link", "img", "use"} and (value.startswith((OURS, "#")) and not value.startswith("//"))
    return True


def _folded(text: str) -> str:
    return " ".join(text.split())
