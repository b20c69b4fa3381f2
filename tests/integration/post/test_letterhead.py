"""J4: a decision with its letter: who may take it, in whose name it goes out, what it encloses, and what stays as it was sent."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from kit.browser import Browser
from kit.cases import BEZWAAR, INTAKE, add_departments, do, put_in_use, register_bezwaar, rows, today
from kit.documents import stored
from kit.installation import installation
from kit.people import FENNA, NOOR, PIET, SEM, TESS, citizen, known
from pypdf import PdfReader

from processes.actions import act
from processes.actions.dated import SaveSetting
from processes.actions.filing import NewDocument
from processes.actions.penalty import RegisterDefaultNotice, SetPenalty
from processes.actions.registering import NewParty
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.errors import Invalid, NotAllowed
from processes.dated.typed_settings import TypedSetting
from processes.post.letters import make_letter
from processes.post.pdf import pdf
from processes.reads.citizen.letters import read_letter
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, DocumentRow, NoticeRow, RemovalRow

OUTCOME = pdf("<html lang='nl'><head><title>Besluit</title></head><body><p>De hele beslissing</p></body></html>")
NO_HEARING = {
    "hearing_choice": "niet_horen",
    "waiver": "kennelijk_niet_ontvankelijk",
    "no_hearing_reason": "Geen besluit.",
}
BY_POST = NewParty("objector", "Tess Testeling", address="Laan 1\n1234 AB Voorbeeldstad", channel="post")
COURT = {
    "name": "Rechtbank Verzonnenland", "address": "Postbus 7\n9999 ZZ Verzonnenstad", "website": "www.verzonnen.example",
    "sector": "sector bestuursrecht",
}  # fmt: skip
ORGANISATION = {
    "name": "Gemeente Verzonnenstad", "postal_address": "Postbus 9\n9999 ZZ Verzonnenstad", "visiting_address": "",
    "phone": "14 0111", "email": "post@verzonnenstad.example", "website": "", "hours": "op dinsdag", "team": "team Recht",
}  # fmt: skip
POST = {"name": "mr. S. Beslisser", "function": "teammanager Recht", "phone": "0111 22"}


def furnish(services: Services) -> None:
    put_in_use(services, *BEZWAAR)
    add_departments(services, "parkeren")
    for actor in (NOOR, PIET, SEM, FENNA):
        known(services, actor)


@pytest.fixture
def ready(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish) as opened:
        yield opened


def drafted(
    services: Services,
    *parties: NewParty,
    files: tuple[tuple[str, bytes], ...] = (("beslissing.pdf", OUTCOME),),
    **more: Any,
) -> str:
    """A bezwaar of which the decision is written and waits to be taken; its number."""
    number = register_bezwaar(services, *parties, **more)
    do(services, "Intake", **{**INTAKE, "objectable": False, "route": "commissie"})
    do(services, "DecideHearing", **NO_HEARING)
    documents = [NewDocument(stored(services, name, content), "outcome", field="outcome") for name, content in files]
    do(services, "DraftDecision", documents=documents, dictum="niet_ontvankelijk", deciding_body="burgemeester")
    return number


def decided(services: Services, *parties: NewParty, **more: Any) -> NoticeRow:
    """The letter of a decision under mandate."""
    drafted(services, *parties, **more)
    do(services, "DecisionTaken", SEM, approved="ja")
    (letter,) = rows(services, NoticeRow, template="beslissing")
    return letter


def setting(
    services: Services, kind: str, code: str, values: dict[str, str], since: date, *, new: bool = False
) -> None:
    act(services, FENNA, SaveSetting(TypedSetting(kind, code, since.isoformat(), values, "Zo heet het hier.", new)))


def text_of(services: Services, letter: NoticeRow) -> list[str]:
    make_letter(services, {"notice": letter.id})
    (made,) = rows(services, NoticeRow, id=letter.id)
    (document,) = rows(services, DocumentRow, id=made.document_id)
    content = b"".join(services.files.read(document.blob, document.file_key))
    return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


def test_j4_what_an_administrator_fills_in_stands_in_letters_from_that_day_on_and_not_before(
    installed: Callable[..., Services],
) -> None:
    services = installed(furnish)
    day = today(services)
    setting(services, "where_to", "rechtbank", COURT, day)
    setting(services, "organisation", "organisatie", ORGANISATION, day)
    setting(services, "staff_post", "sem", POST, day, new=True)
    setting(
        services,
        "body",
        "burgemeester",
        {"name": "de burgemeester van Verzonnenstad", "signed_by": "B. Burger"},
        day + timedelta(1),
    )
    letter = decided(services)
    assert letter.body.rstrip().endswith(
        "namens de burgemeester van Voorbeeldstad,\nmr. S. Beslisser\nteammanager Recht"
    )
    assert "Rechtbank Verzonnenland, sector bestuursrecht, Postbus 7, 9999 ZZ Verzonnenstad" in letter.body
    assert letter.frame["organisation"] == "Gemeente Verzonnenstad"
    assert (letter.frame["body"], letter.frame["phone"]) == ("de burgemeester van Voorbeeldstad", "14 0111")
    setting(services, "organisation", "organisatie", {**ORGANISATION, "phone": "14 0222"}, day)
    assert "14 0111" in "".join(text_of(services, letter))  # a letter stays as it was sent


@pytest.mark.parametrize(
    ("text", "said"),
    [("Bel {{ handler.nam }}.", "bestaat niet"), ("Bel {{ handler.name.", "accolade"), ("", "Vul in")],
)
def test_j4_a_text_block_that_could_not_be_filled_in_is_refused(ready, text, said):
    with pytest.raises(Invalid) as refused:
        setting(ready, "text_block", "contact", {"text": text}, today(ready))
    assert said in refused.value.fields["text"]


def test_j4_who_took_the_contested_decision_under_mandate_may_not_decide_but_records_what_a_body_decided(ready):
    drafted(ready, taken_by=SEM.subject)
    with pytest.raises(NotAllowed, match="10:3"):
        do(ready, "DecisionTaken", SEM, approved="ja", taken_by="mandaat")
    with pytest.raises(NotAllowed, match="10:3"):
        do(ready, "DecisionTaken", SEM, approved="ja")
    do(ready, "DecisionTaken", SEM, approved="ja", taken_by="raad", taken_on=today(ready))
    (letter,) = rows(ready, NoticeRow, template="beslissing")
    assert "De beslissing is genomen door de raad van de gemeente Voorbeeldstad, op " in letter.body
    assert [row.detail["body"] for row in rows(ready, AuditRow, action="decided")] == ["raad"]


@pytest.mark.parametrize(
    ("days", "said"), [(None, "op welke dag"), (1, "moet nog komen")], ids=["no day", "a day to come"]
)
def test_j4_a_body_decided_on_a_day_that_is_known_and_has_come(ready, days, said):
    drafted(ready)
    on = {} if days is None else {"taken_on": today(ready) + timedelta(days)}
    with pytest.raises(Invalid) as refused:
        do(ready, "DecisionTaken", SEM, approved="ja", taken_by="college", **on)
    assert said in refused.value.fields["taken_on"]


def test_j4_who_has_no_mandate_records_no_decision_of_a_body_either(ready):
    drafted(ready)
    with pytest.raises(NotAllowed, match="mandaat"):
        do(ready, "DecisionTaken", PIET, approved="ja", taken_by="college", taken_on=today(ready))


def test_j4_enclosures_are_in_the_pdf_that_is_posted_and_what_cannot_be_is_listed_apart(ready):
    letter = decided(ready, BY_POST, files=(("beslissing.pdf", OUTCOME), ("kapot.pdf", b"%PDF-1.7 kapot")))
    assert "tot en met" not in letter.body.split("in beroep gaan bij")[1]  # nobody knows yet when it is posted
    pages = text_of(ready, letter)
    assert pages[-1].strip() == "De hele beslissing"
    whole = " ".join("".join(pages).split())
    assert "Dit stuk gaat los mee met deze brief." in whole
    (made,) = rows(ready, NoticeRow, id=letter.id)
    assert [one["joined"] for one in made.enclosures] == [True, False]


def test_j4_on_the_portal_the_letter_says_who_sent_it_and_shows_its_enclosures_as_links(ready):
    letter = decided(ready)
    (outcome,) = rows(ready, DocumentRow, type="outcome", origin="worker")
    shown = read_letter(ready, citizen(ready, TESS), rows(ready, Case)[0].number, letter.id)
    assert shown.enclosures == ((f"Beslissing op bezwaar: beslissing.pdf ({outcome.reference})", outcome.id),)
    tess = Browser(ready, citizen(ready, TESS))
    page = tess.get(f"/mijn/zaken/{shown.number}/brieven/{letter.id}")
    assert f'href="/mijn/documenten/{outcome.id}"' in page
    for words in ("Postbus 1, 1000 AA Voorbeeldstad", "14 0999", "de burgemeester van Voorbeeldstad"):
        assert words in page
    noor = Browser(ready, NOOR)
    assert f'href="/werk/documenten/{outcome.id}"' in noor.get(f"/werk/zaken/{shown.number}/brieven")


def test_j4_a_document_that_is_erased_goes_from_the_letters_that_enclosed_it(ready):
    letter = decided(ready)
    assert text_of(ready, letter)[-1].strip() == "De hele beslissing"
    (outcome,) = rows(ready, DocumentRow, type="outcome", origin="worker")
    act(ready, NOOR, ProposeRemoval(outcome.id, "Hoort hier niet."))
    (proposal,) = rows(ready, RemovalRow)
    act(ready, PIET, ApproveRemoval(outcome.id, str(proposal.id)))
    (without,) = rows(ready, NoticeRow, id=letter.id)
    pages = text_of(ready, without)
    assert "De hele beslissing" not in "".join(pages)
    assert "beslissing.pdf" not in "".join(pages)
    assert "Verwijderd document" in "".join(pages)


def test_j4_a_penalty_is_signed_by_who_laid_it_down_and_not_by_who_decided_the_objection_or_handles_the_case(ready):
    """Awb 4:18 and 10:10: the amount is a decision of its own, by whoever takes it under mandate. Contact is who handles the case."""
    other = replace(SEM, subject="mila", name="Mila Beslisser")
    known(ready, other)
    setting(ready, "staff_post", "sem", POST, today(ready), new=True)
    setting(
        ready, "staff_post", "mila", {**POST, "name": "mr. M. Beslisser", "function": "jurist"}, today(ready), new=True
    )
    late = {"received": today(ready) - timedelta(150)}
    number = drafted(ready, **late)
    act(ready, NOOR, RegisterDefaultNotice(number, "decide", today(ready) - timedelta(30)))
    do(ready, "DecisionTaken", SEM, approved="ja")
    act(ready, other, SetPenalty(number, "decide"))
    (letter,) = rows(ready, NoticeRow, template="penalty-set")
    assert letter.body.rstrip().endswith("namens de burgemeester van Voorbeeldstad,\nmr. M. Beslisser\njurist")
    assert "mr. S. Beslisser" not in letter.body
    assert "Noor" in letter.body.partition("Heeft u vragen?")[2].partition("Met vriendelijke groet")[0]


def test_j4_the_pages_of_the_administrator_say_what_is_invented_and_where_a_function_is_filled_in(ready):
    fenna = Browser(ready, FENNA)
    assert "Vul voor brieven nog in: de gegevens van de organisatie" in fenna.get("/beheer")
    assert "de rechtbank" in fenna.get("/beheer/instellingen").split("Nog in te vullen")[1]
    assert 'value="sem"' in fenna.get("/beheer/instellingen/staff_post/nieuw?code=sem")
    assert 'href="/beheer/instellingen/staff_post/nieuw?code=sem"' in fenna.get("/beheer/medewerkers")
    setting(ready, "staff_post", "sem", POST, today(ready), new=True)
    assert "mr. S. Beslisser, teammanager Recht, 0111 22" in fenna.get("/beheer/medewerkers")
