"""The page of a proof as HTML for `pdf`: what somebody sent, when and by whom, and the fingerprint of each file."""

from collections.abc import Sequence
from typing import Final

from processes.base.dutch import size_in_words
from processes.execution.filed_words import NO_FILES, FiledFile, Line
from processes.post.pdf import markup

STYLE: Final = """
@page { size: A4; margin: 22mm 25mm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font-size: 8pt; color: #444 } }
html { font-size: 10.5pt; line-height: 1.5; color: #111 }
body { margin: 0 }
header { font-size: 14pt; font-weight: bold; margin-bottom: 8mm }
h1 { font-size: 15pt; margin: 0 0 5mm } h2 { font-size: 12pt; margin: 7mm 0 2mm } h3 { font-size: 10.5pt; margin: 4mm 0 0 }
h1, h2, h3 { break-after: avoid }
dl { display: grid; grid-template-columns: 45mm minmax(0, 1fr); margin: 0 }
p + dl { margin-top: 3mm } dt { color: #444 } dd { margin: 0; white-space: pre-line }
p { margin: 0; white-space: pre-line; orphans: 2; widows: 2 }
li { margin-bottom: 2mm } .sum { font-size: 8.5pt; color: #444 }
"""


def proof_page(organisation: str, title: str, body: str) -> str:
    """The whole page; `body` is HTML, the other two are plain text."""
    return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(title)}</title>
<meta name="author" content="{markup(organisation)}"><style>{STYLE}</style></head>
<body>
<header>{markup(organisation)}</header>
<h1>{markup(title)}</h1>
{body}
</body></html>"""


def lines_list(lines: Sequence[Line]) -> str:
    """Labels, each with its text beside it."""
    return f"<dl>{''.join(f'<dt>{markup(label)}</dt><dd>{markup(text)}</dd>' for label, text in lines)}</dl>"


def files_list(files: Sequence[FiledFile]) -> str:
    """Each file with its size, reference and fingerprint, or the sentence that there is none."""
    if not files:
        return f"<p>{NO_FILES}</p>"
    rows = "".join(
        f"<li>{markup(one.name)}, {size_in_words(one.size)}, kenmerk {markup(one.reference)}<br>"
        f'<span class="sum">SHA-256 {markup(one.sha256)}</span></li>'
        for one in files
    )
    return f"<ol>{rows}</ol>"
