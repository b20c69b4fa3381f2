"""The page on which a converted file stands: plain, without a letterhead, since the file brings its own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from processes.post.pdf import Picture, markup

STYLE: Final = """
@page { size: A4; margin: 25mm; @bottom-right { content: "Pagina " counter(page) " van " counter(pages); font-size: 8pt; color: #444 } }
html { font-size: 10.5pt; line-height: 1.5; color: #111 }
body { margin: 0 }
h1 { font-size: 14pt } h2 { font-size: 12pt } h3, h4, h5, h6 { font-size: 10.5pt }
h1, h2, h3, h4, h5, h6 { margin: 5mm 0 2mm; break-after: avoid; white-space: pre-wrap }
p { margin: 0 0 3mm; white-space: pre-wrap; orphans: 2; widows: 2 }
p.empty { margin: 0; height: 1.5em }
.center { text-align: center } .right { text-align: right } .new-page { break-before: page } span.new-page { display: block } .caps { text-transform: uppercase }
.level-0 { padding-left: 8mm; text-indent: -8mm } .level-1 { padding-left: 16mm; text-indent: -8mm } .level-2 { padding-left: 24mm; text-indent: -8mm }
.label { display: inline-block; min-width: 8mm; text-indent: 0; padding-right: 1mm }
table { border-collapse: collapse; width: 100%; margin: 0 0 3mm } td, th { border: 0.3pt solid #888; padding: 1mm 2mm; vertical-align: top; text-align: left }
td p, th p { margin: 0 }
img { max-width: 160mm; max-height: 235mm }
.head { margin-bottom: 8mm } .foot { margin-top: 8mm; font-size: 9pt }
.notes { margin-top: 8mm; border-top: 0.3pt solid #888; padding-top: 2mm; font-size: 9pt }
"""
SCAN_STYLE: Final = """
@page { size: A4; margin: 10mm }
body { margin: 0; text-align: center }
img { max-width: 190mm; max-height: 277mm }
"""


@dataclass(frozen=True, slots=True)
class ConvertedBody:
    """The content of the page as HTML, escaped, and the pictures that it names."""

    html: str
    pictures: Mapping[str, Picture] = field(default_factory=dict)
    style: str = STYLE

    def page(self, title: str) -> str:
        """The whole page, in Dutch."""
        return f"""<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><title>{markup(title)}</title><style>{self.style}</style></head>
<body>{self.html}</body></html>"""
