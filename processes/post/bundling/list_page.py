"""The inventory of a zip: which paper is which file, and its hash."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from processes.post.pdf import markup

STYLE: Final = """
@page { size: A4 landscape; margin: 18mm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font-size: 8pt; color: #444 } }
html { font-size: 9.5pt; line-height: 1.4; color: #111 }
h1 { font-size: 15pt } table { width: 100%; table-layout: fixed; border-collapse: collapse; margin: 0 0 6mm }
th, td { text-align: left; vertical-align: top; padding: 1.6mm 2mm 1.6mm 0; border-bottom: 0.3mm solid #999 }
tr { break-inside: avoid } .list th:nth-child(1) { width: 12mm } .list th:nth-child(3) { width: 78mm } .hash { font-family: monospace; font-size: 7.5pt }
.cover th { width: 30mm; font-weight: normal; color: #444 } .cover th, .cover td { border: 0; padding: 0.5mm 2mm 0.5mm 0 } .about { color: #444; font-size: 8.5pt }
"""


@dataclass(frozen=True, slots=True)
class ListedPaper:
    """One line. `why`: it has no file here."""

    number: int
    title: str
    about: str
    file_name: str = ""
    size: int = 0
    sha256: str = ""
    why: str = ""


def list_page(title: str, organisation: str, cover: Sequence[tuple[str, str]], lines: Sequence[ListedPaper]) -> str:
    """HTML for `pdf`."""
    told = "".join(f'<tr><th scope="row">{markup(name)}</th><td>{markup(words)}</td></tr>' for name, words in cover)
    rows = "".join(_row(one) for one in lines)
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>Inventaris van {markup(title)}</title>
<meta name="author" content="{markup(organisation)}"><style>{STYLE}</style></head>
<body><h1>{markup(title)}: inventaris</h1><table class="cover"><tbody>{told}</tbody></table>
<table class="list"><thead><tr><th scope="col">Stuk</th><th scope="col">Wat het is</th><th scope="col">Bestand</th></tr></thead>
<tbody>{rows}</tbody></table></body></html>"""


def _row(one: ListedPaper) -> str:
    file = (
        f'{markup(one.file_name)}<br><span class="hash">{one.sha256}</span>'
        if one.file_name
        else f"Niet erin: {markup(one.why)}"
    )
    about = f'<br><span class="about">{markup(one.about)}</span>' if one.about else ""
    return f"<tr><td>{one.number}</td><td>{markup(one.title)}{about}</td><td>{file}</td></tr>"
