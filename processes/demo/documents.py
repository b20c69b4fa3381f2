"""Invented papers for the demo: small real PDF files, put in the store as if somebody had sent them."""

from processes.base.uploads import Upload
from processes.post.pdf import PDF, markup, pdf
from processes.storage.services import Services

PAGE = """<html lang="nl"><head><title>{title}</title></head><body><h1>{title}</h1>
<p>Dit stuk is verzonnen en hoort bij de demo ({name}).</p></body></html>"""


def paper(services: Services, title: str, name: str) -> Upload:
    """A one-page PDF with this title, in the store."""
    content = pdf(PAGE.format(title=markup(title), name=markup(name)))
    return services.files.add(f"{title.lower().replace(' ', '-')}.pdf", PDF, [content])
