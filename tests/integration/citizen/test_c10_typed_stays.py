"""C10: who changes the language on a form keeps what was typed, without any script."""

import re

import pytest
from citizen_kit import TESS, Browser, intake, register
from kit.cases import rows

from processes.storage.tables import NoteRow, PersonProfile, TaskRow

WORDS = "Dit typte ik zelf"


def in_english(tess: Browser, **typed: str) -> str:
    """The page after the button for English, with this typed on it."""
    (button,) = re.findall(
        r'<button type="submit" form="typed" formaction="([^"]+)" name="stap" value="([^"]+)"', tess.html
    )
    return tess.post(button[0].replace("&amp;", "&"), {"stap": button[1], **typed})


@pytest.mark.parametrize(("page", "field"), [
    ("/mijn/gegevens", "email"), ("/mijn/zaken/{number}", "text"), ("/mijn/zaken/{number}/intrekken", "reason"),
    ("/mijn/taken/{task}", "repair_text"), ("/mijn/nieuw/bezwaar?deel=alles", "grounds"),
])  # fmt: skip
def test_c10_the_other_language_keeps_what_was_typed(tess: Browser, page: str, field: str) -> None:
    number = register(tess.services, TESS)
    intake(tess.services, complete=False)
    (task,) = rows(tess.services, TaskRow, side="citizen", state="open")
    tess.get(page.format(number=number, task=task.id))
    form = tess.html[tess.html.index('id="typed"') :]
    assert form.index('<button class="nl-button') < form.index('form="typed"')  # else Enter in a field would press it
    shown = in_english(tess, **{field: WORDS})
    assert '<html lang="en"' in shown
    assert WORDS in shown
    assert rows(tess.services, PersonProfile) == []  # nothing was sent
    assert [one for one in rows(tess.services, NoteRow) if WORDS in one.text] == []
    assert '<html lang="nl"' in in_english(tess, **{field: WORDS})  # and back
