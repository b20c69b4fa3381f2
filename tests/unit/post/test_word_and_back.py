"""W9: the text of a letter goes to Word and comes back the same; what Word adds to it is read, or refused with its name."""

import zipfile
from io import BytesIO

import pytest

from processes.post.converting.docx_package import LeftOut
from processes.post.converting.docx_text import docx_text
from processes.post.converting.docx_writing import docx_of

TEXT = """[aanhef],

Op 3 december 2026 hoort de commissie u <samen> & in het openbaar.
Neem mee:
- een legitimatie
- uw stukken\tvan toen

Met vriendelijke groet,

namens het college,
Noor Behandelaar
"""


def word(body):
    """A document of Word with this inside its body, and nothing more than it must have."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(docx_of("x"))) as before, zipfile.ZipFile(made, "w") as package:
        for name in before.namelist():
            content = before.read(name).decode()
            if name == "word/document.xml":
                head, _, rest = content.partition("<w:body>")
                content = f"{head}<w:body>{body}<w:sectPr/></w:body>{rest.partition('</w:body>')[2]}"
            package.writestr(name, content)
    return made.getvalue()


def test_w9_a_text_that_went_to_word_comes_back_the_same():
    assert docx_text(docx_of(TEXT), "brief.docx") == TEXT


def test_w9_the_same_text_gives_the_same_file():
    assert docx_of(TEXT) == docx_of(TEXT)


def test_w9_signs_that_word_cannot_hold_are_left_out():
    assert docx_text(docx_of("Een\x00 \x0btekst\ufffe."), "brief.docx") == "Een tekst.\n"


def test_w9_words_in_bold_keep_their_place_and_empty_paragraphs_go():
    runs = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Let</w:t></w:r><w:r><w:t> op.</w:t></w:r></w:p><w:p/><w:p><w:r><w:t>Groet</w:t></w:r></w:p>"
    assert docx_text(word(runs), "brief.docx") == "Let op.\n\nGroet\n"


def test_w9_changes_that_nobody_accepted_are_refused():
    with pytest.raises(LeftOut):
        docx_text(word("<w:p><w:ins><w:r><w:t>Erbij</w:t></w:r></w:ins></w:p>"), "brief.docx")
