"""C10: who changes the language on a form keeps what was typed, without any script."""

import re

import pytest
from citizen_kit import TESS, Browser, filled, intake, register
from kit.browser import hidden_fields
from kit.cases import handed_in, rows
from kit.documents import PDF

from processes.actions import act
from processes.actions.profile import SaveProfile
from processes.storage.tables import Case, NoteRow, PersonProfile, TaskRow

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
    ("/mijn/koppelen", "code"), ("/mijn/zaken/{number}/document", "title"),
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


def test_c10_a_chosen_file_waits_in_the_other_language_and_can_be_ticked_away(tess: Browser) -> None:
    number = register(tess.services, TESS)
    address = f"/mijn/zaken/{number}/document"
    tess.get(address)
    button = {"stap": "taal", "type": "submission", "title": WORDS}
    page = tess.post(f"{address}?taal=en", button, {"files": ("foto.pdf", PDF, "application/pdf")})
    assert ("Files that you have chosen already" in page, "foto.pdf" in page, WORDS in page) == (True, True, True)
    held, typed = tess.hidden("held"), {"type": "submission", "title": WORDS}
    assert 'href="#field-files"' in tess.post(address, {**typed, "held": held, "weg": "0"}, status=422)
    assert "foto.pdf" in tess.post(address, {**typed, "held": held, "title": ""}, status=422), "it costs no file"
    check = tess.post(address, {**typed, "held": tess.hidden("held")})
    assert "Your document was not sent yet." in check
    dutch = tess.post(f"{address}/versturen?taal=nl", {"stap": "taal", "held": tess.hidden("held")})
    assert "Uw document is nog niet verstuurd." in dutch
    assert handed_in(tess.services) == []
    tess.post(f"{address}/versturen", {"held": tess.hidden("held")})
    assert [one.title for one in handed_in(tess.services)] == [WORDS]


def test_c10_the_last_look_before_filing_is_there_in_the_other_language(tess: Browser) -> None:
    tess.get("/mijn/nieuw/bezwaar?deel=alles")
    page = tess.post("/mijn/nieuw/bezwaar", filled(tess, grounds=WORDS))
    assert "Kijk alles na" in page
    shown = in_english(tess, **typed_on(page))
    assert ("Check everything" in shown, WORDS in shown) == (True, True)
    tess.post("/mijn/nieuw/bezwaar/versturen", typed_on(shown))
    assert len(rows(tess.services, Case)) == 1


def test_c10_a_code_for_an_own_address_stays(tess: Browser) -> None:
    act(tess.services, tess.actor, SaveProfile("tess@post.example", "", news_by_mail=True, to_confirm=True))
    assert 'formaction="/mijn/gegevens/bevestigen?taal=en"' in tess.get("/mijn/gegevens")
    page = tess.post("/mijn/gegevens/bevestigen?taal=en", {"stap": "taal", "code": "123456"})
    assert ('value="123456"' in page, '<html lang="en"' in page) == (True, True)
    assert "This code" not in page, "it was not tried"


def typed_on(page: str) -> dict[str, str]:
    """The hidden fields of the form at the end of the page."""
    return hidden_fields(page.partition('id="typed"')[2].partition("</form>")[0])
