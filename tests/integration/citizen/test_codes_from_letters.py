"""C9: a case on paper is tied to a sign-in with the code from a printed letter, once, by the one whom it is for."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from kit.browser import Browser
from kit.cases import bezwaar_in_use, days_later, register_bezwaar, rows, today
from kit.installation import installation
from kit.people import BRAM, ILSE, NOOR, TESS, TOGA, citizen, known
from pypdf import PdfReader
from sqlalchemy import text

from portal.sign_on.identity import known_citizen
from processes.access.letter_codes import code_of
from processes.actions import act
from processes.actions.correcting_party import CODE_ENDED, CorrectParty
from processes.actions.linking import (
    DECEASED,
    IN_THE_CASE,
    NO_PERSON,
    NOT_COMPARED,
    SAME,
    LinkAnswer,
    LinkByCode,
    SendLetterCode,
)
from processes.actions.parties import AddParty
from processes.actions.post import ConfirmPosted
from processes.actions.printing import BackInQueue, MakeBatch
from processes.actions.profile import SaveProfile
from processes.actions.registering import NewParty
from processes.actions.representing import Represent
from processes.actions.returned_post import RegisterReturned
from processes.base.actor import UNKNOWN_NAME, Actor, ActorKind
from processes.base.errors import NotAllowed, NotNow
from processes.base.registers import Registers, RegisterSilent
from processes.base.registers.invented import InventedRegisters
from processes.execution.party_data import data_of
from processes.jobs.workers import drain
from processes.reads.workbench import print_file, read_print_queue
from processes.storage.services import Services
from processes.storage.tables import FiledRow, LetterCode, NoteRow, NoticeRow, Party

PAPER = replace(TESS, identity=None, channel="post", email=None, address="Dorpsweg 1\n1234 AA Voorbeeldstad")
LAWYER = NewParty("representative", "mr. A. Vocaat", "company", address="Merelweg 8\n1234 AC Voorbeeldstad")
WIM = NewParty("objector", "Wim Schijnmaker", identity="bsn:999992314", channel="portal")
BY_NAME = {"named": "yes"}  # sign-in tells the name
PRINTED = re.compile(r"[A-Z2-7]{4}-[A-Z2-7]{4}-[A-Z2-7]{4}")


class Silent(InventedRegisters):
    """A register that gives no answer today."""

    def person(self, _bsn: str):
        raise RegisterSilent


def furnish(services: Services) -> None:
    bezwaar_in_use(services)
    known(services, NOOR)


@pytest.fixture
def services(tmp_path: Path) -> Iterator[Services]:
    with installation(tmp_path, furnish, faces=("citizen", "workbench")) as opened:
        yield opened


@pytest.fixture
def number(services: Services) -> str:
    """A case of somebody on paper, whose first letter waits to be printed."""
    made = register_bezwaar(services, PAPER)
    drain(services)
    return made


def print_all(services: Services) -> tuple[int, list[str]]:
    """Everything in the queue as one stack; its id, and the codes that stand in its PDF."""
    batch = int(act(services, NOOR, MakeBatch(tuple(letter.id for letter in read_print_queue(services, NOOR).ready))))
    return batch, codes_in(services, batch)


def words_in(services: Services, batch: int) -> str:
    pages = PdfReader(BytesIO(print_file(services, NOOR, batch).content)).pages
    return "\n".join(page.extract_text() for page in pages)


def codes_in(services: Services, batch: int) -> list[str]:
    return PRINTED.findall(words_in(services, batch).replace(" ", ""))


def link(services: Services, who=TESS, code: str = "") -> str:
    return act(services, citizen(services, who), LinkByCode(code, str(who.identity), named=True))


def party(services: Services) -> Party:
    (row,) = rows(services, Party)
    return row


def test_c9_the_code_of_the_first_letter_ties_the_case_and_staff_see_it(services, number):
    _, (code,) = print_all(services)
    tess = Browser(services, TESS, told=BY_NAME)
    assert number not in tess.get("/mijn")
    assert tess.status(f"/mijn/zaken/{number}") == 404
    tess.get("/mijn/koppelen")
    page = tess.post("/mijn/koppelen", {"code": code.lower().replace("-", " ")})
    assert "Deze zaak staat nu bij Mijn zaken." in page
    assert number in tess.get("/mijn")
    row = party(services)
    assert (row.identity_index, row.channel) == (tess.actor.subject, "post")
    staff = Browser(services, NOOR)
    assert "Gekoppeld met een code uit een brief op" in staff.get(f"/werk/zaken/{number}/partijen")
    assert any("aan deze zaak gekoppeld. De naam van de inlog past" in note.text for note in rows(services, NoteRow))
    with pytest.raises(NotNow):
        act(services, NOOR, SendLetterCode(number, row.id))


def test_c9_the_code_stands_in_the_print_alone(services, number, capfd):
    _, (code,) = print_all(services)
    link(services, code=code)
    plain = code.replace("-", "")
    with services.sessions() as session:
        tables = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        kept = " ".join(str(row) for name in tables for row in session.execute(text(f'SELECT * FROM "{name}"')).all())  # noqa: S608
    logged = "".join(capfd.readouterr())
    assert [one in kept + logged for one in (code, plain, plain.lower())] == [False] * 3


def test_c9_a_code_works_once_for_six_weeks_and_until_another_is_given(services, number):
    batch, (first,) = print_all(services)
    assert codes_in(services, batch) == [first], "after a jam the same sheet is printed"
    act(services, NOOR, BackInQueue(batch, tuple(row.notice_id for row in rows(services, LetterCode))))
    _, (second,) = print_all(services)
    assert link(services, code=first) == LinkAnswer.WRONG
    page = Browser(services, NOOR)
    page.get(f"/werk/zaken/{number}/partijen")
    said = page.post(f"/werk/zaken/{number}/partijen/{party(services).id}/code")
    assert "De brief met een nieuwe code staat klaar bij Post." in said
    assert link(services, code=second) == LinkAnswer.WRONG
    drain(services)
    _, (third,) = print_all(services)
    days_later(services, 43)
    assert link(services, code=third) == LinkAnswer.WRONG
    act(services, NOOR, SendLetterCode(number, party(services).id))
    drain(services)
    _, (fourth,) = print_all(services)
    assert link(services, code=fourth) == number
    assert link(services, code=fourth) == LinkAnswer.WRONG


def test_c9_a_correction_withdraws_the_code_and_the_next_letter_brings_another(services, number):
    _, (code,) = print_all(services)
    row = party(services)
    data = data_of(row)
    changed = replace(data, address="Nieuwe weg 2\n1234 AA Voorbeeldstad")
    act(services, NOOR, CorrectParty(number, row.id, changed, "Verhuisd", data.seen))
    assert any("De code uit een eerdere brief werkt niet meer." in note.text for note in rows(services, NoteRow))
    assert link(services, code=code) == LinkAnswer.WRONG


def test_c9_a_code_of_somebody_else_opens_nothing_and_the_handler_is_told(services, number):
    _, (code,) = print_all(services)
    bram = Browser(services, BRAM, told=BY_NAME)
    bram.get("/mijn/koppelen")
    assert "Wij kijken dit voor u na" in bram.post("/mijn/koppelen", {"code": code})
    assert bram.status(f"/mijn/zaken/{number}") == 404
    assert party(services).identity_index is None
    (note,) = [one for one in rows(services, NoteRow) if "maar is ingelogd met een andere naam" in one.text]
    assert (note.read_by_handler, "Bram" in note.text) == (False, False), "who that is, is no business of this case"
    assert link(services, code=code) == LinkAnswer.WRONG, "it was used"


@pytest.mark.parametrize("typed", ["Tess Testeling", "Wim Schijnmaker"])
def test_c9_a_name_that_somebody_typed_vouches_for_nobody_and_keeps_nobody_out(services, number, typed):
    """DigiD tells no name: at the next sign-in somebody is called as in an own case, and there they typed what they liked."""
    _, (code,) = print_all(services)
    register_bezwaar(services, replace(WIM, name=typed))
    found = known_citizen(services, {"bsn": "999992314", "loa": "substantial"}, "digid")
    assert found.name == typed
    wim = Browser(services, replace(WIM, name=found.name), told=found.identity, named=False)
    wim.get("/mijn/koppelen")
    assert "Deze zaak staat nu bij Mijn zaken." in wim.post("/mijn/koppelen", {"code": code})
    (note,) = [one.text for one in rows(services, NoteRow) if "aan deze zaak gekoppeld" in one.text]
    assert (NOT_COMPARED in note, SAME in note) == (True, False)


def test_c9_five_wrong_codes_and_nothing_is_tried_any_more(services, number):
    _, (code,) = print_all(services)
    tess = Browser(services, TESS)
    tess.get("/mijn/koppelen")
    pages = {tess.post("/mijn/koppelen", {"code": f"AAAA-BBBB-CCC{n}"}, status=422) for n in range(2, 7)}
    assert all("Deze code werkt niet." in page for page in pages)
    assert 'value="AAAA-BBBB-CCC6"' in tess.html, "to be compared with the sheet"
    tess.post("/mijn/koppelen", {"code": code}, status=429)
    assert (party(services).identity_index, rows(services, LetterCode)[0].used_at) == (None, None)
    ilse = Browser(services, ILSE)
    ilse.get("/mijn/koppelen")
    ilse.post("/mijn/koppelen", {"code": "AAAA-BBBB-CCC2"}, status=422)  # at the same address, as in a library


def test_c9_of_two_at_once_one_is_tied(services, number):
    _, (code,) = print_all(services)
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: link(services, code=code), range(2)))
    assert sorted(answers) == sorted([number, LinkAnswer.WRONG])


def test_c9_who_is_not_signed_in_as_that_person_is_refused(services, number):
    _, (code,) = print_all(services)
    others = (
        Actor(ActorKind.CITIZEN, "visitor:1", "Wim"), Actor(ActorKind.CITIZEN, citizen(services, BRAM).subject, "Tess"), NOOR,
    )  # fmt: skip
    for who in others:
        with pytest.raises(NotAllowed):
            act(services, who, LinkByCode(code, str(TESS.identity)))
    assert party(services).identity_index is None


def test_c9_no_code_goes_to_who_can_sign_in_or_never_could(services):
    register_bezwaar(services, PAPER, replace(TOGA, channel="post", address="Kade 1\n1234 AA Voorbeeldstad"))
    drain(services)
    _, codes = print_all(services)
    assert codes == [], "the lawyer, who can sign in, gets the letters"
    assert [code_of(services.secrets, row) for row in rows(services, LetterCode)] == []


def test_c9_the_code_of_one_party_is_never_printed_for_another_who_gets_the_letter(services, number):
    """The letter in the stack goes to a new representative: its code was for the party alone, and is in no envelope any more."""
    batch, (code,) = print_all(services)
    act(services, NOOR, AddParty(number, LAWYER, letters=()))
    tess, lawyer = rows(services, Party)
    for one in (None, lawyer.id):
        act(services, NOOR, Represent(number, tess.id, one, "Zo staat het in de volmacht."))
    drain(services)
    assert "mr. A. Vocaat" in words_in(services, batch)
    assert codes_in(services, batch) == []
    assert link(services, code=code) == LinkAnswer.WRONG
    assert any("De code die bij deze brief hoorde, werkt niet meer." in note.text for note in rows(services, NoteRow))


def test_c9_while_the_register_is_silent_nothing_is_tied_and_the_code_goes_on_counting(services, number):
    _, (code,) = print_all(services)
    nameless = Actor("citizen", citizen(services, TESS).subject, UNKNOWN_NAME)
    silent = replace(services, registers=Registers(Silent()))
    assert act(silent, nameless, LinkByCode(code, str(TESS.identity))) == LinkAnswer.LATER
    tess = Browser(silent, TESS)
    tess.get("/mijn/koppelen")
    page = tess.post("/mijn/koppelen", {"code": code}, status=503)
    assert ("Probeer het later nog een keer." in page, f'value="{code}"' in page) == (True, True)
    assert party(services).identity_index is None
    assert link(services, code=code) == number


def test_c9_a_code_is_read_until_its_letter_is_sent_and_ends_when_that_comes_back(services, number):
    batch, (code,) = print_all(services)
    (row,) = rows(services, LetterCode)
    act(services, NOOR, ConfirmPosted(row.notice_id))
    assert codes_in(services, batch) == []
    act(services, NOOR, RegisterReturned(row.notice_id, today(services)))
    assert link(services, code=code) == LinkAnswer.WRONG
    assert rows(services, NoteRow)[-1].text.endswith(CODE_ENDED)


def test_c9_a_code_that_is_too_old_is_not_printed_again(services, number):
    batch, codes = print_all(services)
    days_later(services, 42)
    assert codes_in(services, batch) == codes, "the last day"
    days_later(services, 1)
    assert codes_in(services, batch) == []


def test_c9_a_company_is_no_person_and_who_is_in_the_case_already_is_nobody_else(services, number):
    _, (code,) = print_all(services)
    company = replace(TOGA, name=TESS.name)
    assert link(services, company, code) == LinkAnswer.ANOTHER
    act(services, NOOR, AddParty(number, replace(TESS, role="third_party"), letters=()))
    act(services, NOOR, SendLetterCode(number, rows(services, Party)[0].id))
    drain(services)
    _, (second,) = print_all(services)
    assert link(services, code=second) == LinkAnswer.ANOTHER
    assert [row.identity_index for row in rows(services, Party)] == [None, citizen(services, TESS).subject]
    told = "".join(note.text for note in rows(services, NoteRow))
    assert (NO_PERSON in told, IN_THE_CASE in told) == (True, True)


def test_c9_an_address_that_is_secret_by_the_register_goes_out_of_what_others_read(services):
    paper = replace(WIM, identity=None, channel="post", address="Geheimlaan 9\n1234 AC Voorbeeldstad")
    register_bezwaar(services, paper, values={"grounds": "Bel aan bij Geheimlaan 9, 1234 AC Voorbeeldstad."})
    drain(services)
    _, (code,) = print_all(services)
    connected = replace(services, registers=Registers(InventedRegisters()))
    link(connected, WIM, code)
    (row,), (filed,), (note,) = (rows(services, table) for table in (Party, FiledRow, NoteRow))
    assert row.secret_address
    assert "Geheimlaan" not in str(filed.others)
    assert ("noemde het adres en wordt opnieuw gemaakt" in note.text, "volgt." in note.text) == (True, True)


def test_c9_a_sign_in_of_who_died_ties_nothing(services):
    oma = NewParty("objector", "Oma Fictief-Verzonnen", identity="bsn:999990421", channel="portal")
    register_bezwaar(services, replace(oma, identity=None, channel="post", address=PAPER.address))
    drain(services)
    _, (code,) = print_all(services)
    connected = replace(services, registers=Registers(InventedRegisters()))
    assert link(connected, oma, code) == LinkAnswer.ANOTHER
    assert (party(services).identity_index, DECEASED in rows(services, NoteRow)[-1].text) == (None, True)


def test_c10_who_ties_a_case_reads_its_letters_in_the_language_of_before(services, number):
    act(services, citizen(services, TESS), SaveProfile("", "", news_by_mail=False, language="en"))
    assert party(services).language == "nl", "nobody knew whose case it is"
    _, (code,) = print_all(services)
    link(services, code=code)
    assert party(services).language == "en"
    tess = Browser(services, TESS)
    tess.get("/mijn?taal=en")
    (first,) = rows(services, NoticeRow)
    with services.sessions.begin() as session:
        session.get_one(NoticeRow, first.id).sent_on = today(services)
    address = f"/mijn/zaken/{number}/brieven/{first.id}"
    assert "Make an English translation" in tess.get(address)
    page = tess.post(f"{address}/vertaling")
    assert "The Dutch letter is decisive" in page
    assert "objection" in page.partition("The Dutch letter is decisive")[2]
