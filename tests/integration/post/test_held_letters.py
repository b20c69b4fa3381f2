"""J3: a letter or mail that would say what is not so is held, with its reasons, until it is mended or sent knowingly."""

from datetime import timedelta

import pytest
from kit.browser import Browser
from kit.cases import add_departments, put_in_use, rows, today
from kit.documents import stored
from kit.people import BRAM, NOOR, SEM, TESS, citizen
from kit.sketches import Sketch, form
from kit.small_types import register

from processes.actions import act
from processes.actions.filing import NewDocument
from processes.actions.held import RetryHeldLetter, RetryHeldMail, SendHeldLetter, SendHeldMail
from processes.actions.tasks import CompleteTask
from processes.base.errors import AlreadyDone, Invalid, NotAllowed
from processes.jobs.workers import drain
from processes.storage.tables import MailRow, NoteRow, NoticeRow, TaskRow

SETTINGS = """
<case:caseType identification="proef" title="Proef" prefix="PRF" publishedFrom="Begin"/>
<case:value code="place" title="Plaats" type="text"/>
<case:value code="day" title="Dag" type="date"/>
<case:value code="department" title="Afdeling" type="text"/>
<case:value code="file" title="Advies als bestand" type="file" list="true"/>
<case:documentType code="advice" name="Advies" seenBy="parties"/>
<case:documentType code="letter" name="Brief" seenBy="own"/>
<case:documentType code="outcome" name="Besluit" seenBy="own" archive="true"/>
<case:resultType code="klaar" description="Klaar" retention="13.1"/>
"""
BODY = """
startEvent Begin
userTask Work :: <case:form schema="work.json"/>
serviceTask Show :: <case:service operation="publish_newest"><case:parameter name="documentType" value="'advice'"/></case:service>
sendTask Tell :: <case:mail template="brief" to="parties" formal="true" documentType="letter"/>
sendTask Ask :: <case:mail template="vraag" to="department" documentType="letter"/>
userTask Mend :: <case:form schema="work.json"/>
serviceTask ShowAgain :: <case:service operation="publish_newest"><case:parameter name="documentType" value="'advice'"/></case:service>
userTask Close :: <case:form schema="work.json"/>
endEvent Done :: <case:result type="klaar"/>
Begin > Work
Work > Show
Show > Tell
Tell > Ask
Ask > Mend
Mend > ShowAgain
ShowAgain > Close
Close > Done
"""
FORMS = {
    "work.json": form(
        {"type": "textfield", "key": "place", "label": "Plaats"},
        {"type": "datetime", "key": "day", "label": "Dag", "subtype": "date"},
        {"type": "department", "key": "department", "label": "Afdeling"},
        {"type": "filepicker", "key": "file", "label": "Advies", "documentType": "advice", "multiple": True},
    )
}
MAILS = {
    "brief.txt": "Onderwerp: Uw zaak {{ case.number }}\n\nBeste {{ recipient.name }},\n\nHet gesprek is in {{ place }}, "
    "uiterlijk op {{ day | promise }}. {% documents advice %}Het advies vindt u bij Documenten.\n",
    "vraag.txt": "Onderwerp: Vraag over {{ case.number }}\n\nBeste collega,\n\nHet gaat om {{ place }}. Kijk op {{ link }}\n",
}
PROEF = Sketch(SETTINGS, BODY, '<case:role side="worker"/>', "", FORMS, MAILS)


@pytest.fixture
def filled(services):
    add_departments(services, "wonen")
    put_in_use(services, PROEF.folder())
    return services


def played(services, *, parties=(TESS,), **given):
    """A case of which the letter was due, with these values and perhaps an advice; its number."""
    number = register(services, "proef", parties, values={})
    complete(services, "Work", **given)
    return number


def complete(services, element, *, advice=False, **values):
    (task,) = rows(services, TaskRow, element=element, state="open")
    files = (NewDocument(stored(services, "advies.pdf"), "advice", "advies.pdf"),) if advice else ()
    act(services, NOOR, CompleteTask(task.id, {"department": "wonen", **values}, files))


def right(services):
    return {"place": "het stadhuis", "day": today(services), "advice": True}


# what is held and why comes from the text alone; the other tests keep and find it in both databases
ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)

EMPTY = "In de tekst hoort 'Plaats', maar dat is leeg."
PAST = "De tekst belooft iets voor"
UNSEEN = "De tekst wijst naar een document van de soort 'Advies', maar dat kan de ontvanger niet zien."
HELD = {  # what is wrong -> what differs from a right letter, and the reason
    "an empty value": ({"place": ""}, EMPTY),
    "a day that has passed": ({"day": -1}, PAST),
    "a document that is not there": ({"advice": False}, UNSEEN),
}


@ON_SQLITE
@pytest.mark.parametrize("wrong", HELD)
def test_j3_a_letter_that_says_what_is_not_so_is_held_and_reaches_nobody(filled, wrong):
    changed, reason = HELD[wrong]
    given = {**right(filled), **changed}
    if isinstance(given["day"], int):
        given["day"] = today(filled) + timedelta(given["day"])
    played(filled, **given)
    drain(filled)
    (notice,) = rows(filled, NoticeRow)
    assert notice.held["reasons"][0].startswith(reason)
    assert (len(notice.held["reasons"]), notice.sent_on, notice.document_id) == (1, None, None)
    assert [mail.template for mail in rows(filled, MailRow) if mail.notice_id] == []
    assert [note.text for note in rows(filled, NoteRow) if "niet verstuurd" in note.text and "brief" in note.text]


@ON_SQLITE
def test_j3_a_letter_that_is_right_is_sent_at_once(filled):
    played(filled, **right(filled))
    drain(filled)
    (notice,) = rows(filled, NoticeRow)
    assert (notice.held, notice.sent_on, notice.document_id is not None) == (None, today(filled), True)


def test_j3_a_held_letter_leaves_once_its_value_and_document_are_there(filled):
    played(filled, parties=(TESS, BRAM))
    first, second = rows(filled, NoticeRow)
    act(filled, NOOR, RetryHeldLetter(first.id))
    assert [notice.held is None for notice in rows(filled, NoticeRow)] == [False, False]
    complete(filled, "Mend", **right(filled))
    act(filled, NOOR, RetryHeldLetter(first.id))
    drain(filled)
    sent = rows(filled, NoticeRow)
    assert [(notice.held, notice.sent_on, notice.document_id is not None) for notice in sent] == [
        (None, today(filled), True)
    ] * 2
    assert all("Het gesprek is in het stadhuis" in notice.body for notice in sent)
    assert [mail.notice_id for mail in rows(filled, MailRow) if mail.notice_id] == [first.id]  # Bram has no address
    with pytest.raises(AlreadyDone):
        act(filled, NOOR, RetryHeldLetter(second.id))


@ON_SQLITE
def test_j3_somebody_may_send_it_with_other_words_and_a_reason_that_is_kept(filled):
    number = played(filled)
    (notice,) = rows(filled, NoticeRow)
    for text, reason in (("", "Het moet vandaag."), ("Beste Tess", " ")):
        with pytest.raises(Invalid):
            act(filled, NOOR, SendHeldLetter(notice.id, text, reason))
    with pytest.raises(NotAllowed):
        act(filled, citizen(filled, TESS), SendHeldLetter(notice.id, "Beste Tess", "Zomaar"))
    act(filled, NOOR, SendHeldLetter(notice.id, "Beste Tess,\r\n\r\nWij bellen u.", "De plaats is nog niet bekend."))
    drain(filled)
    (notice,) = rows(filled, NoticeRow)
    assert (notice.held, notice.sent_on, notice.body) == (None, today(filled), "Beste Tess,\n\nWij bellen u.\n")
    assert any("De plaats is nog niet bekend." in note.text for note in rows(filled, NoteRow))
    page = Browser(filled, NOOR).get(f"/werk/zaken/{number}/brieven")
    assert "E-mails die zijn vastgehouden" in page  # the mail to the department still is
    assert page.count("Opnieuw proberen") == 1


@ON_SQLITE
def test_w9_a_held_decision_gets_other_words_from_who_may_decide_alone(filled):
    """Awb 10:1: it goes out in the name of who decided. As it stands, anybody who handles cases may let it go."""
    played(filled, parties=(TESS, BRAM))
    first, second = rows(filled, NoticeRow)
    with filled.sessions.begin() as session:
        session.query(NoticeRow).update({NoticeRow.document_type: "outcome"})
    with pytest.raises(NotAllowed, match="Alleen wie mag beslissen"):
        act(filled, NOOR, SendHeldLetter(first.id, "Beste Tess, u krijgt gelijk.", "Het moet vandaag."))
    act(filled, NOOR, SendHeldLetter(first.id, first.body, "Het moet vandaag."))
    act(filled, SEM, SendHeldLetter(second.id, "Beste Bram, u krijgt gelijk.", "Het moet vandaag."))
    assert [(one.held, one.body.strip()) for one in rows(filled, NoticeRow)] == [
        (None, first.body.strip()), (None, "Beste Bram, u krijgt gelijk."),
    ]  # fmt: skip


@ON_SQLITE
def test_j3_a_mail_to_a_department_is_held_too_and_keeps_its_link(filled):
    played(filled, **{**right(filled), "place": ""})
    (mail,) = [one for one in rows(filled, MailRow) if one.template == "vraag"]
    assert (mail.held["reasons"], mail.sent_at) == ([EMPTY], None)
    act(filled, NOOR, RetryHeldMail(mail.id))
    with pytest.raises(Invalid):
        act(filled, NOOR, SendHeldMail(mail.id, "Beste collega, bel ons.", "Haast"))  # the link is gone
    act(filled, NOOR, SendHeldMail(mail.id, "Beste collega, kijk op [link]", "Haast"))
    drain(filled)
    (mail,) = [one for one in rows(filled, MailRow) if one.template == "vraag"]
    assert (mail.held, mail.sent_at is not None, "[[dossier:" in mail.body) == (None, True, True)


def test_j3_today_and_the_page_of_the_case_say_what_is_held_and_why(filled):
    number = played(filled, **{**right(filled), "place": ""})
    noor = Browser(filled, NOOR)
    assert "Vastgehouden brieven en e-mails (2)" in noor.get("/werk")
    assert EMPTY in noor.get("/werk")
    page = noor.get(f"/werk/zaken/{number}/brieven")
    assert (page.count(EMPTY), page.count("Opnieuw proberen")) == (2, 2)
    (notice,) = rows(filled, NoticeRow)
    again = f"/werk/zaken/{number}/brieven/{notice.id}/nog-eens"
    assert EMPTY in noor.post(again)
    complete(filled, "Mend", place="het stadhuis", day=today(filled))
    noor.get(f"/werk/zaken/{number}/brieven")
    noor.post(again)
    assert [one.held for one in rows(filled, NoticeRow)] == [None]
    assert "Vastgehouden brieven en e-mails (1)" in noor.get("/werk")
