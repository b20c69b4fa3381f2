"""The papers of a session as a zip that is read without the internet: `index.html` in the order of the agenda, and a folder for each case.

The notes of who asked go along. They are in no other form, and in the zip of nobody else.
"""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final
from urllib.parse import quote

from processes.jobs.bundling.pdf_file import Told
from processes.jobs.bundling.wanted import WantedBundle, WantedPaper
from processes.jobs.bundling.zip_file import Sink, entry_of, write_file
from processes.post.bundling.names import numbered_name
from processes.post.bundling.order import Bound
from processes.post.pdf import markup
from processes.storage.services import Services

INDEX: Final = "index.html"
NOTES: Final = "Mijn notities.txt"
LONGEST_FOLDER: Final = 40  # so that the whole path stays within what Windows takes
STYLE: Final = (
    "body{font:1rem/1.5 system-ui,sans-serif;max-width:50rem;margin:0 auto;padding:1rem;color:#111;background:#fff}"
    "a{display:inline-block;padding:.25rem 0;color:#0b4f8a}li{margin:.25rem 0}.quiet{color:#444}"
    "section{border-top:1px solid #767676;padding-top:.5rem;margin-top:1rem}dt{font-weight:bold}dd{margin:0 0 .25rem}"
)


@dataclass(slots=True)
class _Part:
    """One case as the index shows it: its heading, and a line of HTML for each paper."""

    title: str
    lines: list[str] = field(default_factory=list)


def write_session_zip(services: Services, wanted: WantedBundle, write: Callable[[bytes], None], told: Told) -> Bound:
    """Write the zip; `told` hears how many papers are done. Raises Busy when database or store do not answer, NoRoom on a full disk."""
    lacking: dict[int, str] = {}
    parts: list[_Part] = []
    with zipfile.ZipFile(Sink(write), "w") as archive:  # type: ignore[call-overload]  # it asks for no more than this
        folder, number = "", 0
        for at, paper in enumerate(wanted.papers):
            if paper.sheet:  # the sheet that stands before a case
                folder, number = (
                    numbered_name(len(parts) + 1, len(wanted.papers), paper.title, "")[:LONGEST_FOLDER].rstrip(" ."),
                    0,
                )
                parts.append(_Part(paper.title))
            name = f"{folder}/{numbered_name(number, len(wanted.papers), paper.title, paper.file_name)}"
            number += 1
            why = paper.withheld or write_file(services, archive, name, paper, wanted.made_at, partial(told, at))
            if why and not paper.withheld:
                lacking[at] = why
            parts[-1].lines.append(_line(paper, name, why))
            if paper.notes:
                place = f"{folder}/{NOTES}"
                archive.writestr(entry_of(place, wanted.made_at), paper.notes.encode(), zipfile.ZIP_DEFLATED)
                parts[-1].lines.append(_link(place, "Mijn notities"))
            told(at + 1)
        archive.writestr(entry_of(INDEX, wanted.made_at), _index(wanted, parts).encode(), zipfile.ZIP_DEFLATED)
    return Bound(0, 0, (), lacking)


def _line(paper: WantedPaper, name: str, why: str) -> str:
    if why:
        return f'<li>{markup(paper.title)} <span class="quiet">Zit er niet in: {markup(why)}</span></li>'
    return _link(name, "Blad van deze zaak" if paper.sheet else paper.title, paper.about)


def _link(name: str, title: str, about: str = "") -> str:
    told = f' <span class="quiet">{markup(about)}</span>' if about else ""
    return f'<li><a href="{quote(name)}">{markup(title)}</a>{told}</li>'


def _index(wanted: WantedBundle, parts: Sequence[_Part]) -> str:
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{markup(wanted.title)}</title><style>{STYLE}</style></head>
<body><main><h1>{markup(wanted.title)}</h1><dl>{"".join(_told(wanted.cover))}</dl>
<p>Pak eerst de hele zip uit. Daarna werken de links ook zonder internet. Wis alles na de zitting.</p>
{"".join(_section(one) for one in parts)}</main></body></html>"""


def _told(cover: Sequence[tuple[str, str]]) -> Iterator[str]:
    return (f"<dt>{markup(name)}</dt><dd>{markup(words)}</dd>" for name, words in cover)


def _section(part: _Part) -> str:
    return f"<section><h2>{markup(part.title)}</h2><ul>{''.join(part.lines)}</ul></section>"
