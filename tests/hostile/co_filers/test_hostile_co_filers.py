"""C2, hostile: a link that was passed on, guessed, used twice, or of another case opens nothing; and naming people is no way to fill a mailbox."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from kit.browser import ORIGIN, Browser, TestClient
from kit.cases import bezwaar_in_use, count, days_ago, days_later, register_bezwaar, rows
from kit.co_filers import BRAM_NAMED, ILSE_NAMED, code_for, confirm, file_together, named
from kit.dossiers import approve, listed
from kit.installation import SQLITE, installation
from kit.people import BRAM, ILSE, NOOR, TESS, TOGA, YASMINA, citizen, known

from portal.app import create_app
from processes.access.links import invitation_marker, with_links
from processes.actions import act
from processes.actions.co_filers import InviteAgain, TakeOffCoFiler
from processes.actions.filing_along import DeclineFiling, JoinAnswer, JoinFiling, OpenInvitation
from processes.actions.registering import NewDecision, NewParty, RegisterCase
from processes.actions.retention import ListDue
from processes.actions.withdrawing import Withdraw
from processes.base.actor import SYSTEM, UNKNOWN_NAME, Actor, ActorKind
from processes.base.errors import Invalid, NotAllowed, NotFound, NotNow, ZaakspoorError
from processes.base.registers import Registers, RegisterSilent
from processes.base.registers.invented import InventedRegisters
from processes.execution.co_filers import NamedPerson
from processes.jobs.workers import drain
from processes.post.co_filers import OF_ONE_CASE, TO_ONE_ADDRESS
from processes.storage.services import Services
from processes.storage.tables import AuditRow, Case, CoFiler, FiledRow, MailRow, NoteRow, NoticeRow, Party

SECRETS = ("parkeervergunning", "Ik woon hier al jaren", "Tess Testeling", "tess@post.example")
CONTACT = {"channel": "portal", "email": "ilse@post.example", "phone": "", "address": ""}
COMPANY = NewParty(
    "objector", "Verzonnen Bouw B.V.", "company", identity="kvk:68750110", channel="portal", email="bouw@post.example"
)
COMPANY_NAMED = NamedPerson("Verzonnen Bouw B.V.")


def furnish(services: Services) -> None:
    bezwaar_in_use(services)
    known(services, NOOR)


@pytest.fixture(params=["sqlite", "postgres"])
def services(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Services]:
    server = SQLITE if request.param == "sqlite" else request.getfixturevalue("postgres")
    with installation(tmp_path, furnish, server=server, faces=("citizen", "workbench")) as opened:
        yield opened


def opened(services: Services, who: NewParty, code: str) -> str:
    return act(services, citizen(services, who), OpenInvitation(code, str(who.identity), named=True)).partition(" ")[0]


def test_c2_a_link_that_was_passed_on_tells_a_stranger_nothing_and_goes_on_counting(services) -> None:
    number = file_together(services, ILSE_NAMED)
    code = code_for(services, "Ilse Namaak")
    bram = Browser(services, BRAM)
    page = bram.get(f"/mijn/meedoen/{code}")
    assert "Deze uitnodiging is voor iemand anders" in page
    assert not [one for one in (*SECRETS, "Ilse", number, "Bezwaar") if one in page.partition("<main")[2]]
    bram.get(f"/mijn/meedoen/{code}")
    told = [note.text for note in rows(services, NoteRow) if "met een andere naam" in note.text]
    assert len(told) == 1, "the handler is told once"
    assert "Bram" not in told[0], "and never which name it was"
    headers = bram.client.get(f"/mijn/meedoen/{code}").headers
    assert (headers["referrer-policy"], "content-encoding" in headers) == ("no-referrer", False)
    assert confirm(services) == number, "the link is not spent by a stranger"


def test_c2_nothing_is_told_before_somebody_signs_in(services) -> None:
    file_together(services, ILSE_NAMED)
    nobody = TestClient(create_app(services))
    answer = nobody.get(f"/mijn/meedoen/{code_for(services, 'Ilse Namaak')}")
    assert not [one for one in (*SECRETS, "Ilse") if one in answer.text]
    assert "/inloggen" in str(answer.url)


def test_c2_a_code_works_once(services) -> None:
    number = file_together(services, ILSE_NAMED)
    code = code_for(services, "Ilse Namaak")
    assert confirm(services, code=code) == number
    assert opened(services, ILSE, code) == JoinAnswer.ALREADY
    assert opened(services, BRAM, code) == JoinAnswer.WRONG
    assert count(services, Party) == 2


def test_c2_of_two_tabs_at_once_one_joins(services) -> None:
    number = file_together(services, ILSE_NAMED)
    code = code_for(services, "Ilse Namaak")

    def press(_: int) -> str:
        try:
            return confirm(services, code=code)
        except ZaakspoorError as error:
            return type(error).__name__

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(press, range(2)))
    assert answers[0] == number
    assert answers[1] != number
    assert [one.name for one in rows(services, Party)] == ["Tess Testeling", "Ilse Namaak"]


def test_c2_who_confirms_and_declines_at_once_did_one_of_the_two(services) -> None:
    file_together(services, ILSE_NAMED)
    code, who = code_for(services, "Ilse Namaak"), citizen(services, ILSE)
    acts = (JoinFiling(code, str(ILSE.identity), ILSE, named=True), DeclineFiling(code, str(ILSE.identity), named=True))
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one: act(services, who, one), acts))
    joined = count(services, Party) == 2
    assert named(services, "Ilse Namaak").state == ("joined" if joined else "declined")
    assert (answers[0] in set(JoinAnswer)) is not joined


def test_c2_the_filer_and_a_colleague_of_the_company_are_there_already(services) -> None:
    file_together(services, ILSE_NAMED)
    assert opened(services, TESS, code_for(services, "Ilse Namaak")) == JoinAnswer.ALREADY
    number = file_together(
        services, COMPANY_NAMED, who=replace(COMPANY, name="Iets Anders B.V.", identity=TOGA.identity)
    )
    colleague = replace(TOGA, name="Verzonnen Bouw B.V.")  # the same company, whoever of it signs in
    assert opened(services, colleague, code_for(services, COMPANY_NAMED.name)) == JoinAnswer.ALREADY
    assert count(services, Party) == 2, number


MANDATES = {
    "for another person": (BRAM, {"for": str(ILSE.identity), "for_name": ILSE.name}),
    "for a company": (TOGA, {"for": "kvk:68750110", "for_name": COMPANY.name}),
    "for the own branch": (COMPANY, {"for": "kvk:68750110", "for_name": COMPANY.name, "branch": "000012345678"}),
}


@pytest.mark.parametrize("name", MANDATES)
def test_c2_nobody_confirms_under_a_mandate_or_for_a_branch(services, name) -> None:
    file_together(services, ILSE_NAMED, COMPANY_NAMED)
    browser = Browser(services, *MANDATES[name])
    for one in (ILSE_NAMED, COMPANY_NAMED):
        code = code_for(services, one.name)
        page = browser.get(f"/mijn/meedoen/{code}", status=422)
        assert "Log in voor uzelf" in page
        assert not [secret for secret in SECRETS if secret in page]
        with pytest.raises(NotAllowed):
            act(services, browser.actor, JoinFiling(code, "kvk:68750110", COMPANY, named=True))
    assert count(services, Party) == 1


def test_c2_nobody_names_others_under_a_mandate_for_another_or_without_signing_in(services) -> None:
    browser = Browser(services, *MANDATES["for another person"])
    decision = NewDecision("Vergunning", announced_on=days_ago(services, 10))
    told = RegisterCase(
        "bezwaar",
        "portal",
        days_ago(services, 0),
        (replace(TESS, identity=ILSE.identity),),
        (decision,),
        {"grounds": "Nee"},
        co_filers=(BRAM_NAMED,),
    )
    for actor in (browser.actor, NOOR, Actor(ActorKind.CITIZEN, "visitor:1", "Tess Testeling")):
        with pytest.raises((NotAllowed, Invalid)):
            act(services, actor, told)
    assert "samen met anderen" not in Browser(services, *MANDATES["for another person"]).get(
        "/mijn/nieuw/bezwaar?deel=alles"
    )


@pytest.mark.parametrize("what", ["the term is over", "taken off", "another code", "declined"])
def test_c2_a_link_that_ended_is_as_wrong_as_any(services, what) -> None:
    number = file_together(services, ILSE_NAMED)
    code, row = code_for(services, "Ilse Namaak"), named(services, "Ilse Namaak")
    if what == "the term is over":
        days_later(services, 15)
    elif what == "taken off":
        act(services, citizen(services, TESS), TakeOffCoFiler(number, row.id))
    elif what == "another code":
        act(services, citizen(services, TESS), InviteAgain(number, row.id))
    else:
        act(services, citizen(services, ILSE), DeclineFiling(code, str(ILSE.identity), named=True))
    before = count(services, AuditRow)
    page = Browser(services, ILSE).get(f"/mijn/meedoen/{code}", status=422)
    assert "Deze code werkt niet." in page
    assert not [one for one in SECRETS if one in page]
    assert (count(services, Party), count(services, AuditRow)) == (1, before)


def test_c2_after_five_wrong_codes_nothing_is_tried_any_more_also_not_by_the_link(services) -> None:
    file_together(services, ILSE_NAMED)
    ilse = Browser(services, ILSE)
    for at in range(5):
        ilse.get(f"/mijn/meedoen/AAAA-BBBB-CCC{at + 2}", status=422)
    page = ilse.get(f"/mijn/meedoen/{code_for(services, 'Ilse Namaak')}", status=429)
    assert not [one for one in SECRETS if one in page]


def test_c2_ten_names_and_sending_again_fill_nobodys_mailbox(services) -> None:
    victim = "slachtoffer@post.example"
    people = [NamedPerson(f"Persoon {one}", victim) for one in "abcdefghij"]
    number = file_together(services, *people)
    tess = citizen(services, TESS)
    for row in rows(services, CoFiler):
        for email in (None, "ander@post.example", victim):
            act(services, tess, InviteAgain(number, row.id, email))
    file_together(services, *people, who=replace(BRAM, email="bram@post.example"))
    to = [mail.recipient for mail in rows(services, MailRow) if mail.template == "co-filer-asked"]
    assert to.count(victim) == TO_ONE_ADDRESS
    assert len(to) <= OF_ONE_CASE * 2
    page = Browser(services, TESS).get(f"/mijn/zaken/{number}")
    assert "Geef deze code zelf aan" in page, "who gets no mail gets the code by hand"


REFUSED_NAMES = [
    "Win nu: www.kwaad.example",
    "<b>Ilse</b>",
    "Ilse, ga naar kwaad.example",
    "[[meedoen:1:" + "a" * 64 + "]]",
]


@pytest.mark.parametrize("name", REFUSED_NAMES)
def test_c2_what_is_an_address_and_no_name_is_refused(services, name) -> None:
    with pytest.raises(Invalid) as refused:
        file_together(services, NamedPerson(name, "ilse@post.example"))
    assert list(refused.value.fields) == ["mede-0-name"]


@pytest.mark.parametrize(
    "name", ["bel 0900-1234567 & win", "Ilse\r\nBcc een ander", "{{ case.number }} Ilse", "Ilse 'Namaak\""]
)
def test_c2_a_name_brings_no_number_header_or_insert_into_a_mail_or_a_page(services, name) -> None:
    typed = NamedPerson(name.replace("{", "").replace("}", ""), "ilse@post.example")
    number = file_together(services, typed)
    drain(services)
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    assert "\n" not in mail.subject
    assert not re.search(r"\nBcc|1234567|BZW-", mail.subject + mail.body)
    assert 'Namaak"' not in Browser(services, TESS).client.get(f"/mijn/zaken/{number}").text, "a page escapes it"


def test_c2_the_typed_name_of_who_files_brings_no_link_into_the_mail(services) -> None:
    file_together(services, ILSE_NAMED, who=replace(TESS, name="Win op https://kwaad.example/x of bel 0900123456"))
    (mail,) = [one for one in rows(services, MailRow) if one.template == "co-filer-asked"]
    with services.sessions() as session:
        links = re.findall(r"https?://\S+", with_links(services, session, mail.body))
    assert len(links) == 1
    assert "kwaad.example/" not in mail.body
    assert "0900123456" not in mail.body


def test_c2_a_mark_that_somebody_typed_stops_no_mail_and_becomes_no_link(services) -> None:
    file_together(services, ILSE_NAMED)
    row = named(services, "Ilse Namaak")
    mark = invitation_marker(row).replace(str(row.code), "b" * 64)
    register_bezwaar(services, BRAM, subject=f"Vergunning {mark}")
    with services.sessions() as session:
        assert "/mijn/meedoen/" not in with_links(services, session, f"Beste, {mark}")


LOOKS_LIKE = [
    "Ilse Namааk",
    "I. Namaak-Anders",
    "Ilse",
    "Namaakster Ilse",
    "Ilsa Namaak",
]  # the first with two Cyrillic letters


@pytest.mark.parametrize("name", LOOKS_LIKE)
def test_c2_a_name_that_only_looks_like_the_one_who_signs_in_opens_nothing(services, name) -> None:
    file_together(services, NamedPerson(name))
    assert opened(services, ILSE, code_for(services, name)) == JoinAnswer.ANOTHER


def test_c2_the_register_decides_over_the_name_of_the_sign_in(services) -> None:
    services = replace(services, registers=Registers(InventedRegisters()))
    file_together(services, ILSE_NAMED)
    calls_itself = replace(BRAM, name="Ilse Namaak")
    assert opened(services, calls_itself, code_for(services, "Ilse Namaak")) == JoinAnswer.ANOTHER


def test_c2_while_the_register_is_silent_nothing_is_shown_and_the_code_goes_on_counting(services) -> None:
    class Silent(InventedRegisters):
        def person(self, _bsn: str):
            raise RegisterSilent

    number = file_together(services, ILSE_NAMED)
    code = code_for(services, "Ilse Namaak")
    assert opened(replace(services, registers=Registers(Silent())), ILSE, code) == JoinAnswer.LATER
    assert confirm(services, code=code) == number


def test_c2_where_nobody_tells_a_name_the_handler_must_look(services) -> None:
    file_together(services, ILSE_NAMED)
    nameless = replace(ILSE, name=UNKNOWN_NAME)
    assert confirm(services, nameless, "Ilse Namaak").startswith("BZW")
    assert [one.name for one in rows(services, Party)] == ["Tess Testeling", "Ilse Namaak"]
    assert any("Controleer zelf of dit klopt." in note.text for note in rows(services, NoteRow))


def test_c2_somebody_else_cannot_touch_who_was_named(services) -> None:
    number = file_together(services, ILSE_NAMED)
    other = file_together(services, BRAM_NAMED, who=replace(YASMINA, role="objector", email="y@post.example"))
    row = named(services, "Ilse Namaak")
    for who, case in ((BRAM, number), (YASMINA, number), (YASMINA, other), (TESS, other)):
        for action in (InviteAgain(case, row.id, "een@ander.example"), TakeOffCoFiler(case, row.id)):
            with pytest.raises(NotFound):
                act(services, citizen(services, who), action)
    yasmina = Browser(services, replace(YASMINA, role="objector"))
    for address in (f"/mijn/zaken/{other}/mede/{row.id}", f"/mijn/zaken/{number}/mede/{row.id}"):
        assert yasmina.status(address) == 404
    assert confirm(services) == number


def test_c2_one_who_joined_does_not_see_or_change_who_else_was_named(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    confirm(services)
    ilse, row = Browser(services, ILSE), named(services, BRAM_NAMED.name)
    page = ilse.get(f"/mijn/zaken/{number}")
    assert code_for(services, BRAM_NAMED.name) not in page
    assert ilse.status(f"/mijn/zaken/{number}/mede/{row.id}") == 404
    with pytest.raises(NotFound):
        act(services, ilse.actor, TakeOffCoFiler(number, row.id))


def test_c2_under_a_mandate_of_the_filer_no_code_is_read_and_nothing_changes(services) -> None:
    number = file_together(services, BRAM_NAMED)
    browser = Browser(services, YASMINA, {"for": str(TESS.identity), "for_name": TESS.name})
    page = browser.get(f"/mijn/zaken/{number}")
    assert code_for(services, BRAM_NAMED.name) not in page
    row = named(services, BRAM_NAMED.name)
    assert browser.status(f"/mijn/zaken/{number}/mede/{row.id}") == 404
    with pytest.raises(NotFound):
        act(services, browser.actor, InviteAgain(number, row.id))


def test_c2_a_form_of_another_site_confirms_nothing(services) -> None:
    file_together(services, ILSE_NAMED)
    ilse, code = Browser(services, ILSE), code_for(services, "Ilse Namaak")
    ilse.get(f"/mijn/meedoen/{code}")
    for address in (f"/mijn/meedoen/{code}", f"/mijn/meedoen/{code}/niet"):
        answer = ilse.client.post(address, data={**CONTACT, "form_key": "x"}, headers=ORIGIN)
        assert answer.status_code >= 400
        answer = ilse.client.post(
            address, data={**CONTACT, "csrf": ilse.csrf}, headers={"Origin": "https://kwaad.example"}
        )
        assert answer.status_code >= 400
    assert named(services, "Ilse Namaak").state == "asked"


def test_c2_after_the_case_ended_it_is_written_down_and_nobody_joins(services) -> None:
    number = file_together(services, ILSE_NAMED)
    act(services, citizen(services, TESS), Withdraw(number))
    ilse, code = Browser(services, ILSE), code_for(services, "Ilse Namaak")
    page = ilse.get(f"/mijn/meedoen/{code}")
    assert "Meedoen kan niet meer" in page
    assert not [one for one in SECRETS if one in page]
    ilse.get(f"/mijn/meedoen/{code}")
    assert [one.name for one in rows(services, Party)] == ["Tess Testeling"]
    assert ["logde in om te bevestigen" in note.text for note in rows(services, NoteRow)].count(True) == 1
    row = named(services, "Ilse Namaak")
    assert (row.state, row.settled_at is not None) == ("late", True)


def test_c2_who_withdraws_changes_nothing_for_the_others_and_no_longer_for_who_was_named(services) -> None:
    number = file_together(services, ILSE_NAMED, BRAM_NAMED)
    confirm(services)
    act(services, citizen(services, TESS), Withdraw(number))
    with pytest.raises(NotNow):
        act(services, citizen(services, TESS), TakeOffCoFiler(number, named(services, BRAM_NAMED.name).id))
    assert confirm(services, replace(BRAM, email="b@post.example")) == number, (
        "the right of who was named is an own one"
    )
    assert [one.withdrawn_on is None for one in rows(services, Party)] == [False, True, True]


def test_c2_with_who_confirms_no_letter_mail_or_word_of_another_comes_along(services) -> None:
    number = file_together(
        services,
        ILSE_NAMED,
        BRAM_NAMED,
        who=replace(TESS, phone="06 12345678", address="Dorpsweg 1\n1234 AB Voorbeeldstad"),
    )
    drain(services)
    ilse = Browser(services, ILSE)
    code = code_for(services, "Ilse Namaak")
    page = ilse.get(f"/mijn/meedoen/{code}")
    assert not [one for one in ("tess@post.example", "06 12345678", "Dorpsweg", "999993653") if one in page]
    ilse.post(f"/mijn/meedoen/{code}", CONTACT)
    drain(services)
    page = ilse.get(f"/mijn/zaken/{number}")
    assert not [one for one in ("tess@post.example", "06 12345678", "Dorpsweg", "999993653") if one in page]
    me = rows(services, Party)[-1]
    (mine,) = [one for one in rows(services, FiledRow) if one.party_id == me.id]
    tess = Browser(services, TESS)
    assert tess.status(f"/mijn/zaken/{number}/ingestuurd/{mine.id}") == 404, "each reads the own contact details only"
    assert all(one.party_id in {row.id for row in rows(services, Party)} for one in rows(services, NoticeRow))


def test_c2_after_destruction_nothing_of_who_was_named_is_left_and_the_link_is_wrong(services) -> None:
    number = file_together(services, ILSE_NAMED)
    code = code_for(services, "Ilse Namaak")
    act(services, citizen(services, TESS), Withdraw(number))
    drain(services)
    (case,) = rows(services, Case)
    days_later(services, (case.destroy_from - days_ago(services, 0)).days)
    act(services, SYSTEM, ListDue())
    approve(services, listed(services, case.id).id)
    drain(services)
    assert (count(services, Case), count(services, CoFiler), count(services, MailRow)) == (0, 0, 0)
    assert opened(services, ILSE, code) == JoinAnswer.WRONG
