"""C10: each page of citizens and departments on which somebody fills something in can be read in the other language with what was typed."""

import re
from pathlib import Path
from typing import Final

import pytest

from portal.pages import environment

TEMPLATES: Final = Path(__file__).parents[3] / "portal" / "templates"
FOLDERS: Final = ("about", "citizen", "department", "errors", "public", "session", "sign_on")
FORM: Final = re.compile(r"form_start\(|drafts\.sure\(|parts\.choose\(|<form\b")
# what somebody fills in or ticks, or what carries along what was filled in on a page before
ASKS: Final = re.compile(
    r"\bf\.(text|textarea|select|choices|checkbox|file)\(|forms\.fields\(|parts\.choose\(|contact\.fields\(|"
    r"<(textarea|select)\b|<input(?![^>]*type=\"hidden\")|name=\"(held|\{\{ name \}\})\""
)
# pages with something to fill in that offer no other language in this way, each with the reason
OTHERWISE: Final = {
    "citizen/overview.html": "words to search for stand in the address, which keeps them",
    "department/overview.html": "the same",
    "public/list.html": "the same",
    "department/begin_again.html": "an answer to a form, which leads to no other language; asked is the word ja",
    "errors/problem.html": "an answer to a form, which leads to no other language",
    "errors/too_often.html": "the same",
    "session/go_on.html": "shown once, and leads to no other language",
    "session/signed_out_here.html": "an answer to signing out, on which nothing is filled in: it goes on to the provider",
}
MACROS: Final = {"department/parts.html", "department/choose_files.html", "citizen/contact.html", "citizen/parts.html"}
ASKING: Final = sorted(
    name
    for name in environment().list_templates()
    if name.split("/")[0] in FOLDERS
    and name not in MACROS
    and FORM.search(source := (TEMPLATES / name).read_text())
    and ASKS.search(source)
)


def test_c10_the_pages_with_something_to_fill_in_are_found() -> None:
    known = {"citizen/new_form.html", "citizen/new_check.html", "citizen/document_choose.html", "citizen/document_check.html", "citizen/link.html",
             "citizen/case.html", "department/dossier.html", "department/check.html", "department/code.html", "department/receipt.html"}  # fmt: skip
    assert known | set(OTHERWISE) <= set(ASKING)


@pytest.mark.parametrize("name", [one for one in ASKING if one not in OTHERWISE])
def test_c10_a_page_with_something_to_fill_in_takes_it_along_to_the_other_language(name: str) -> None:
    source = (TEMPLATES / name).read_text()
    assert "{% set language_form = " in source
    assert 'id="typed"' in source or "parts.choose(" in source or '"typed")' in source
