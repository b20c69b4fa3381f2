"""W9: a handler writes a letter to parties beside the drawing: begun with a text and documents, seen beforehand, agreed to where asked, sent."""

from io import BytesIO

import pytest
from kit.browser import Browser
from kit.cases import add_departments, put_in_use, rows, today
from kit.letter_types import PLAIN, on_paper
from kit.people import BRAM, FENNA, NOOR, PIET, SEM, TESS, known
from kit.small_types import register
from pypdf import PdfReader

from processes.actions import act
from processes.actions.approving import AskApproval, GiveApproval
from processes.actions.dated import SaveSetting
from processes.actions.documents import AddDocuments
from processes.actions.filing import NewDocument
from processes.actions.free_letters import BeginLetter, letter_beforehand
from processes.actions.tasks import CompleteTask
from processes.actions.writing import DropLetter, EditLetter, SendLetter, what_is_not_so
from processes.base.errors import Invalid, NotFound, NotNow
from processes.dated.typed_settings import TypedSetting
from processes.demo.documents import paper
from processes.jobs.workers import drain
from processes.storage.tables import Case, DocumentRow, LetterRow, NoticeRow, Party, TaskRow

ON_SQLITE = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
PARKING = {"title": "Parkeren bij het stadhuis", "text": "U kunt parkeren op plein {{ case.number }}."}
BY_TWO = {"which": "by_hand", "approve": "decider", "four_eyes": "ja"}


@pytest.fixture
def case(services):
    """The number of a case with somebody on the portal, somebody on paper, and a text of this organisation."""
    for one in (NOOR, PIET, SEM):
        known(services, one)
    add_departments(services, "wonen")
    put_in_use(services, PLAIN.folder())
    register(services, "proef", (TESS, on_paper(1)), values={})
    setting(services, "letter_piece", "parkeren", PARKING)
    return rows(services, Case)[0].number


def setting(services, kind, code, values):
    act(services, FENNA, SaveSetting(TypedSetting(kind, code, today(services).isoformat(), values, "Zo is het.", True)))


def parties(services):
    return tuple(party.id for party in rows(services, Party))


def add_paper(services, case, title, audience):
    """A document of the case that these may see; its id."""
    act(services, NOOR, AddDocuments(case, (NewDocument(paper(services, title, "de proef"), "letter", title),)))
    drain(services)
    (row,) = rows(services, DocumentRow, title=title)
    with services.sessions.begin() as session:
        session.get_one(DocumentRow, row.id).audience = audience
    return row.id


def begin(services, case, by=NOOR, **more):
    asked = {"subject": "Over uw afspraak", "parties": parties(services), **more}
    return int(act(services, by, BeginLetter(case, **asked)))


def send(services, letter, reason=""):
    act(services, NOOR, SendLetter(letter, rows(services, LetterRow)[-1].version, reason))


def words_of(content):
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


def test_w9_a_letter_begun_with_a_standard_text_goes_to_each_by_the_own_way(services, case):
    letter = begin(services, case, text="letter_piece:parkeren")
    first, second = rows(services, NoticeRow)
    assert f"Beste {TESS.name},\n\nU kunt parkeren op plein {case}." in first.body
    assert first.body.endswith("team Juridische Zaken\n")
    assert [one.sent_on for one in (first, second)] == [None, None]
    send(services, letter)
    drain(services)
    first, second = rows(services, NoticeRow)
    assert [(one.channel, one.sent_on) for one in (first, second)] == [("portal", today(services)), ("post", None)]
    assert first.subject == "Over uw afspraak"
    assert first.document_id
    assert second.document_id


@ON_SQLITE
def test_w9_an_empty_letter_is_not_sent_nor_agreed_to_before_its_text_is_written(services, case):
    letter = begin(services, case)
    for action in (SendLetter(letter, 1), AskApproval(letter, 1, (SEM.subject,), today(services))):
        with pytest.raises(NotNow, match=r"\[tekst\]"):
            act(services, NOOR, action)
    copies = tuple(one.id for one in rows(services, NoticeRow))
    act(services, NOOR, EditLetter(letter, 1, "[aanhef],\n\nKom morgen.\n", copies))
    send(services, letter)
    assert [one.body for one in rows(services, NoticeRow)] == [
        f"Beste {one},\n\nKom morgen.\n" for one in (TESS.name, on_paper(1).name)
    ]


@ON_SQLITE
def test_w9_everything_that_is_wrong_is_said_at_once_and_nothing_is_begun(services, case):
    with pytest.raises(Invalid) as refused:
        begin(services, case, subject="{{ x }}", parties=(99,), text="letter_piece:weg", documents=("geen",))
    assert set(refused.value.fields) == {"subject", "parties", "text", "documents"}
    assert rows(services, LetterRow) == []


@ON_SQLITE
def test_w9_who_reads_on_paper_and_has_no_address_is_named(services, case):
    with services.sessions.begin() as session:
        session.get_one(Party, parties(services)[1]).address = ""
    with pytest.raises(Invalid, match="adres ontbreekt"):
        begin(services, case)


@ON_SQLITE
def test_w9_what_a_handler_encloses_is_in_the_letter_and_only_goes_to_who_may_have_it(services, case):
    seen = add_paper(services, case, "Kaart", "parties")
    inside = add_paper(services, case, "Notitie", "none")
    with pytest.raises(Invalid, match="Notitie"):
        begin(services, case, documents=(seen, inside))
    letter = begin(services, case, text="letter_piece:parkeren", documents=(seen,))
    beforehand = words_of(letter_beforehand(services, NOOR, letter, None))
    assert "Kaart" in beforehand
    assert "hoort bij de demo" in beforehand
    send(services, letter)
    assert [[one["document"] for one in notice.enclosures] for notice in rows(services, NoticeRow)] == [[seen]] * 2


@ON_SQLITE
def test_w9_what_may_not_be_had_any_more_is_named_and_stays(services, case):
    seen = add_paper(services, case, "Kaart", "parties")
    letter = begin(services, case, text="letter_piece:parkeren", documents=(seen,))
    with services.sessions.begin() as session:
        session.get_one(DocumentRow, seen).audience = "none"
    assert any("Kaart" in said for said in what_is_not_so(services, NOOR, letter))
    send(services, letter, "De kaart komt later.")
    assert [notice.enclosures for notice in rows(services, NoticeRow)] == [None, None]


@ON_SQLITE
def test_w9_beforehand_each_reader_has_an_own_letter_and_nothing_leaves_by_looking(services, case):
    letter = begin(services, case, text="letter_piece:parkeren")
    second = rows(services, NoticeRow)[1]
    shown = words_of(letter_beforehand(services, NOOR, letter, second.id))
    assert on_paper(1).name in shown
    assert "Proefstraat 1" in shown
    assert TESS.name not in shown
    assert [one.sent_on for one in rows(services, NoticeRow)] == [None, None]
    assert all(one.held for one in rows(services, NoticeRow))
    with pytest.raises(NotFound):
        letter_beforehand(services, NOOR, letter, 99)


@ON_SQLITE
def test_w9_a_case_type_that_asks_it_has_a_free_letter_agreed_to_by_another(services, case):
    setting(services, "letter_rule", "proef", BY_TWO)
    letter = begin(services, case, text="letter_piece:parkeren")
    with pytest.raises(NotNow, match="akkoord"):
        send(services, letter)
    act(services, NOOR, AskApproval(letter, 1, (SEM.subject,), today(services)))
    act(services, SEM, GiveApproval(letter, 1))
    send(services, letter)
    assert rows(services, NoticeRow)[0].frame["approved"][0].startswith(SEM.name)


@ON_SQLITE
def test_w9_who_began_a_letter_does_not_agree_to_it_where_four_eyes_are_asked(services, case):
    setting(services, "letter_rule", "proef", BY_TWO)
    letter = begin(services, case, by=SEM, text="letter_piece:parkeren")
    with pytest.raises(Invalid) as refused:
        act(services, NOOR, AskApproval(letter, 1, (SEM.subject,), today(services)))
    assert "whom-1" in refused.value.fields


@ON_SQLITE
def test_w9_a_letter_of_the_process_waits_where_the_setting_asks_it_and_else_leaves_at_once(services, case):
    setting(services, "letter_rule", "proef", {"which": "all", "approve": "decider"})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    (letter,) = rows(services, LetterRow)
    assert (letter.asks, letter.made_by) == (["decider"], None)
    assert all(one.held for one in rows(services, NoticeRow))


@ON_SQLITE
def test_w9_the_setting_for_decisions_lets_another_letter_go(services, case):
    setting(services, "letter_rule", "proef", {"which": "decisions", "approve": ""})
    (task,) = rows(services, TaskRow, element="Work", state="open")
    act(services, NOOR, CompleteTask(task.id, {"place": "het stadhuis"}))
    assert rows(services, LetterRow) == []
    assert not any(one.held for one in rows(services, NoticeRow))


@ON_SQLITE
def test_w9_the_pages_begin_a_letter_show_it_and_throw_it_away_with_a_reason(services, case):
    noor = Browser(services, NOOR)
    assert f"/werk/zaken/{case}/nieuwe-brief" in noor.get(f"/werk/zaken/{case}/brieven")
    add_paper(services, case, "Kaart", "parties")
    page = noor.get(f"/werk/zaken/{case}/nieuwe-brief")
    assert "Kaart" in page
    assert BRAM.name not in page
    page = noor.post(
        f"/werk/zaken/{case}/nieuwe-brief", {"subject": "Over uw afspraak", "text": "letter_piece:parkeren"}, status=422
    )
    assert 'value="Over uw afspraak"' in page
    page = noor.post(
        f"/werk/zaken/{case}/nieuwe-brief",
        {
            "subject": "Over uw afspraak",
            "parties": [str(one) for one in parties(services)],
            "text": "letter_piece:parkeren",
        },
    )
    assert "De brief is begonnen." in page
    (letter,) = rows(services, LetterRow)
    here = f"/werk/zaken/{case}/concept/{letter.id}"
    shown = noor.client.get(f"{here}/voorbeeld?voor={rows(services, NoticeRow)[0].id}")
    assert (shown.status_code, shown.headers["content-type"]) == (200, "application/pdf")
    noor.get(here)
    page = noor.post(f"{here}/intrekken", {"reason-drop": "Toch gebeld."})
    assert "Het concept is ingetrokken" in page
    with pytest.raises(Exception, match="ingetrokken"):
        act(services, NOOR, DropLetter(letter.id, "Nog eens."))
