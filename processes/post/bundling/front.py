"""The pages of a bundle that we make: its cover with the inventory, and the sheet in the place of a paper that is no page."""

from collections.abc import Sequence
from typing import Final

from processes.base.dutch import size_in_words
from processes.base.readable_text import ReadablePart, ReadableText
from processes.post.bundling.order import BundleOrder, Paper
from processes.post.bundling.source import OF_BUNDLE
from processes.post.pdf import markup

STYLE: Final = """
@page { size: A4; margin: 22mm 20mm 24mm }
html { font-size: 10pt; line-height: 1.4; color: #111 }
body { margin: 0 }
h1 { font-size: 24pt; line-height: 1.2; margin: 60mm 0 10mm } h2 { font-size: 15pt; margin: 0 0 5mm }
.organisation { font-size: 11pt; margin: 0 }
.inventory { break-before: page }
table { width: 100%; table-layout: fixed; border-collapse: collapse }
th, td { text-align: left; vertical-align: top; padding: 1.6mm 2mm 1.6mm 0; border-bottom: 0.2mm solid #999 }
tr { break-inside: avoid } thead { display: table-header-group }
.cover th { width: 42mm; font-weight: normal; color: #444 } .cover th, .cover td { border: 0; padding: 1mm 2mm 1mm 0; font-size: 11pt }
.list th:nth-child(1), .list td:nth-child(1) { width: 12mm } .list th:nth-child(3), .list td:nth-child(3) { width: 18mm; text-align: right; padding-right: 0 }
.list td:nth-child(2) { white-space: pre-line; color: #444; font-size: 9pt } .list a, .list span { color: #111; font-size: 10pt }
.about { color: #444; font-size: 9pt }
.text h1 { margin: 0 0 4mm; font-size: 15pt } .text h2 { font-size: 11pt; margin: 6mm 0 2mm } .text p { margin: 0 0 1.5mm; white-space: pre-line }
.sheet h1 { margin: 30mm 0 8mm; font-size: 18pt } .hash { font-family: monospace; font-size: 8.5pt }
"""
INVENTORY: Final = "Inventaris"
WITHHELD: Final = "Niet in dit dossier"
NO_PAGES: Final = "alleen een blad, het bestand zelf zit in de zip"
TEXT_ONLY: Final = "de tekst van het bestand, het bestand zelf zit in de zip"
TEXT_ALONE: Final = "Dit is alleen de tekst. Hoe het er in het bestand uitziet, staat in het bestand zelf:"
CUT: Final = "Het bestand is langer. Lees de rest in het bestand zelf."
MOST_LINES: Final = 400  # of one part: a page holds fifty, and is laid out while other papers wait
DAMAGED: Final = "het bestand is beschadigd: dit is wat er nog van te lezen is"


def front_page(order: BundleOrder, firsts: Sequence[int], remarks: Sequence[str]) -> str:
    """Cover and inventory. `firsts`: the first page of each paper; `remarks`: what must be said at it."""
    cover = "".join(
        f'<tr><th scope="row">{markup(name)}</th><td>{markup(words)}</td></tr>' for name, words in order.cover
    )
    rows = "".join(_row(at + 1, paper, firsts[at], remarks[at]) for at, paper in enumerate(order.papers))
    return _whole(
        order.title,
        order.organisation,
        f"""
<p class="organisation">{markup(order.organisation)}</p><h1>{markup(order.title)}</h1>
<table class="cover"><tbody>{cover}</tbody></table>
<div class="inventory"><h2>{INVENTORY}</h2>
<table class="list"><thead><tr><th scope="col">Stuk</th><th scope="col">Wat het is</th><th scope="col">Bladzijde</th></tr></thead>
<tbody>{rows}</tbody></table></div>""",
    )


def _row(number: int, paper: Paper, first: int, remark: str) -> str:
    """One line, of as few elements as can be: each costs a millisecond, and there may be thousands of papers."""
    title, about = markup(" ".join(paper.title.split())), markup(paper.about)
    if paper.withheld:
        told = f"<span>{title}</span> {about}\n{WITHHELD}: {markup(paper.withheld)}"
    else:
        told = f'<a href="{OF_BUNDLE}{number}">{title}</a>\n{about}\n{markup(remark)}'.rstrip()
    return f"<tr><td>{number}</td><td>{told}</td><td>{'geen' if paper.withheld else first}</td></tr>"


def sheet_page(order: BundleOrder, number: int, paper: Paper, why: str) -> str:
    """One page that says which paper should stand here, and why it does not."""
    lines = (
        ("Bestand", paper.file_name),
        ("Grootte", size_in_words(paper.size) if paper.size else ""),
        ("Over dit stuk", paper.about),
    )
    told = "".join(f'<tr><th scope="row">{name}</th><td>{markup(words)}</td></tr>' for name, words in lines if words)
    digest = f'<p>Kenmerk van het bestand (SHA-256):</p><p class="hash">{paper.sha256}</p>' if paper.sha256 else ""
    return _whole(
        paper.title,
        order.organisation,
        f"""
<div class="sheet"><h1>Stuk {number}: {markup(paper.title)}</h1><p>{markup(why)}</p>
<table class="cover"><tbody>{told}</tbody></table>{digest}</div>""",
    )


def text_page(organisation: str, paper: Paper, text: ReadableText) -> str:
    """Pages with the text of a file that has none of its own: a mail, the cells of a workbook, the words of slides."""
    lines = [f"{name}: {value}" for name, value in text.facts]
    said = "".join(f"<h2>{markup(one.title)}</h2>{_paragraphs(one)}" for one in text.parts)
    short = text.cut or any(len(_lines_of(one)) > MOST_LINES for one in text.parts)
    cut = f"<p><strong>{CUT}</strong></p>" if short else ""
    return _whole(
        paper.title,
        organisation,
        f"""
<div class="text"><h1>{markup(paper.title)}</h1><p class="about">{TEXT_ALONE} {markup(paper.file_name)}</p>
<p>{markup(chr(10).join(lines))}</p>{said}{cut}</div>""",
    )


def _paragraphs(part: ReadablePart) -> str:
    """Lines as paragraphs: a table of thousands of cells takes minutes to lay out."""
    return "".join(f"<p>{markup(line)}</p>" for line in _lines_of(part)[:MOST_LINES] if line.strip())


def _lines_of(part: ReadablePart) -> list[str]:
    return [*part.text.splitlines(), *(" | ".join(row).strip(" |") for row in part.rows)]


def _whole(title: str, organisation: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(title)}</title>
<meta name="author" content="{markup(organisation)}"><style>{STYLE}</style></head><body>{body}</body></html>"""
