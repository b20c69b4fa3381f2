"""One of the texts of the site as a visitor reads it: in parts, with what the organisation is called and where it is."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from engine.words import Language
from processes.base.clock import local_date
from processes.base.errors import NotFound
from processes.dated.letterhead_on import letterhead_on
from processes.dated.site_texts import NAMES, SITE_TEXT, TITLES
from processes.post.templates import parse_template
from processes.reads.opening import reading
from processes.storage.services import Services

HEADING, ITEM = "# ", "- "


class PartKind(StrEnum):
    """The kind of a part of a text."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class TextPart:
    """`lines`: the items of a list; else one."""

    kind: PartKind
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SitePage:
    """`language`: the one in which the text is; Dutch where nobody wrote it in another."""

    title: str
    language: str
    parts: tuple[TextPart, ...]


def read_site_page(services: Services, code: str, language: str) -> SitePage:
    """The text as it holds today. Raises NotFound for another code than that of a text of the site."""
    if code not in TITLES:
        raise NotFound
    with reading(services) as (session, now):
        shelf, today = services.law.shelf(session), local_date(now)
    text = shelf.on(SITE_TEXT, code, today)
    if text is None:
        raise NotFound
    english = language == Language.ENGLISH and bool(text.english)
    organisation = letterhead_on(shelf, today, services.settings.organisation).organisation
    facts = {name: ", ".join(str(getattr(organisation, name.partition(".")[2])).splitlines()) for name in NAMES}
    said = parse_template(text.english if english else text.dutch).fill(facts)
    return SitePage(TITLES[code], Language.ENGLISH if english else "nl", tuple(_parts(said)))


def _parts(text: str) -> Iterator[TextPart]:
    """The parts in order. An item that follows a sentence without an empty line between begins a list all the same."""
    kept: list[str] = []
    kind = PartKind.PARAGRAPH
    for line in (*text.splitlines(), ""):
        new = PartKind.LIST if line.startswith(ITEM) else PartKind.PARAGRAPH
        if kept and (not line.strip() or line.startswith(HEADING) or new != kind):
            yield TextPart(kind, tuple(kept) if kind == PartKind.LIST else (" ".join(kept),))
            kept = []
        if line.startswith(HEADING):
            yield TextPart(PartKind.HEADING, (line.removeprefix(HEADING).strip(),))
        elif line.strip():
            kind = new
            kept.append(line.removeprefix(ITEM).strip() if new == PartKind.LIST else line.strip())
