"""A filing is a document (J2): its words, its two versions, and the worker that makes it."""

import hashlib

import pytest
from filed_kit import FILER, GROUNDS, LEFT_OUT, file_bezwaar, text_in, versions, words_of
from kit.cases import do, handed_in, register_bezwaar, rows
from kit.people import FENNA, NOOR, PIET, TESS, citizen
from sqlalchemy import select

from processes.actions import act
from processes.actions.documents import GiveToParty, RemoveDocument
from processes.actions.parties import AddParty
from processes.actions.registering import NewParty
from processes.actions.removing import ApproveRemoval, ProposeRemoval
from processes.base.errors import NotNow
from processes.jobs.workers import drain
from processes.post import filed
from processes.post.filed import make_filed
from processes.reads.admin import read_attention
from processes.reads.workbench import read_documents
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, FiledRow, Party, RemovalRow, SearchRow

ON_ONE_KIND = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)
INCOMPLETE = {
    "in_time": "ja", "interested": True, "right_body": True, "complete": False, "department": "parkeren",
    "route": "ambtelijk", "missing_items": "uw redenen",
}  # fmt: skip


def test_j2_a_filing_becomes_a_document_with_what_was_asked_answered_and_sent(services: Services) -> None:
    number = file_bezwaar(services)
    drain(services)
    paper, filed_words = handed_in(services)[0], words_of(services)
    whole, other = versions(services, filed_words)
    text = text_in(services, whole)
    for said in (
        "Bezwaarschrift", "via het portaal", "Tess Testeling", "Adres", "Schuilhoek 7", "Waarom bent u het er niet mee eens?",
        GROUNDS, "Besluit: onderwerp", "Parkeervergunning", "Ik wil mijn bezwaar ook mondeling uitleggen ja",
        "brief.pdf", paper.reference, paper.sha256, filed_words.sha256,
    ):  # fmt: skip
        assert " ".join(said.split()) in text
    assert (whole.type, whole.title, whole.origin, whole.audience, whole.on_portal, whole.personal) == (
        "submission", "Bezwaarschrift", "citizen", "own", True, True,
    )  # fmt: skip
    assert (whole.reference, other.reference) == (f"{number}-D2", f"{whole.reference}-a")
    assert hashlib.sha256(filed_words.body.encode()).hexdigest() == filed_words.sha256


def test_j2_the_version_for_others_has_no_way_to_reach_who_filed_it(services: Services) -> None:
    file_bezwaar(services)
    drain(services)
    _, other = versions(services, words_of(services))
    text = text_in(services, other)
    assert not [said for said in LEFT_OUT if said in text]
    assert "Het besluit PV-2026-0012 klopt niet." in text
    assert "Tess Testeling" in text
    assert (other.party_id, other.audience, other.on_portal) == (None, "none", False)


def test_j2_told_twice_a_worker_makes_one_document(services: Services) -> None:
    file_bezwaar(services)
    told = {"filed": words_of(services).id}
    for _ in range(3):
        make_filed(services, told)
    made = [row.blob for row in rows(services, DocumentRow)]
    assert sorted(made) == sorted(file.blob for file in services.files.all_blobs())
    assert len(made) == 3  # the letter that came along, and both versions


@ON_ONE_KIND
def test_j2_two_workers_at_once_leave_one_file_each(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    """While one lays out the pages the other one is done."""
    file_bezwaar(services)
    told, real = {"filed": words_of(services).id}, filed.filed_pdf

    def slow(page: filed.FiledLayout) -> bytes:
        monkeypatch.setattr(filed, "filed_pdf", real)
        make_filed(services, told)
        return real(page)

    monkeypatch.setattr(filed, "filed_pdf", slow)
    make_filed(services, told)
    assert sorted(row.blob for row in rows(services, DocumentRow)) == sorted(
        file.blob for file in services.files.all_blobs()
    )


@ON_ONE_KIND
def test_j2_a_document_that_cannot_be_made_is_an_alarm(services: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> bytes:
        raise filed.NoLayout

    monkeypatch.setattr(filed, "pdf", broken)
    number = file_bezwaar(services)
    drain(services)
    (failed,) = [one for one in read_attention(services, FENNA).work if "ingestuurd" in one.what]
    assert failed.case_number == number
    waiting = [one for one in read_documents(services, NOOR, number).documents if not one.made]
    assert {one.making for one in waiting} == {
        "Het document maken lukt nog niet. De beheerder ziet dit bij Aandacht; wij proberen het opnieuw."
    }


def test_j2_what_staff_enter_says_so_and_is_the_filers(services: Services) -> None:
    register_bezwaar(services, FILER)
    drain(services)
    row = words_of(services)
    whole, _ = versions(services, row)
    text = text_in(services, whole)
    assert row.entered_by == NOOR.subject
    assert "per brief" in text
    assert "door een medewerker van Gemeente Voorbeeldstad" in text
    assert NOOR.name not in text
    assert (whole.title, whole.party_id) == ("Bezwaarschrift, ingevoerd door de gemeente", rows(services, Party)[0].id)


@ON_ONE_KIND
def test_j2_two_who_filed_together_read_nothing_of_each_others_details(services: Services) -> None:
    register_bezwaar(services, FILER, NewParty("objector", "Bram van Proefhuizen", address="Dorpsweg 9\n1234 AB Stad"))
    whole, other = versions(services, words_of(services))
    assert (whole.party_id, whole.on_portal) == (None, False)
    assert (other.audience, other.on_portal) == ("initiator", True)


def test_j2_an_answer_is_a_document_too(services: Services) -> None:
    register_bezwaar(services, FILER)
    do(services, "Intake", **INCOMPLETE)
    do(services, "RepairByCitizen", citizen(services, TESS), repair_text="Mijn redenen staan hier.")
    drain(services)
    row = words_of(services, "Aanvulling")
    (document,) = versions(services, row)
    text = text_in(services, document)
    assert "Aanvulling van het bezwaar" in text
    assert "Uw aanvulling Mijn redenen staan hier." in text
    assert row.task_id is not None
    assert not document.personal  # there is nothing to leave out, so everybody reads the same one


@ON_ONE_KIND
def test_j2_one_rule_says_which_version_goes_out(services: Services) -> None:
    """Given to another party it is the version for others; without that version it does not go."""
    number = file_bezwaar(services)
    act(
        services,
        NOOR,
        AddParty(number, NewParty("third_party", "Yasmina el Voorbeeld", address="Plein 1\n1234 AB Stad")),
    )
    third = rows(services, Party)[-1]
    whole, other = versions(services, words_of(services))
    act(services, NOOR, GiveToParty(whole.id, third.id))
    after = {row.id: row for row in rows(services, DocumentRow)}
    assert (after[other.id].party_id, after[whole.id].party_id) == (third.id, whole.party_id)
    act(services, NOOR, RemoveDocument(other.id, "Er staat toch een adres in."))
    with pytest.raises(NotNow, match="geen versie zonder contactgegevens"):
        act(services, NOOR, GiveToParty(whole.id, third.id))


def test_j2_staff_find_a_case_by_what_was_answered(services: Services) -> None:
    file_bezwaar(services)
    with services.sessions() as session:
        words = "".join(session.scalars(select(SearchRow.words).where(SearchRow.kind == "filed")))
    assert "klopt" in words
    assert "voorbeeldstad" not in words  # an address is no answer


def test_t11_what_is_erased_leaves_no_words(services: Services) -> None:
    file_bezwaar(services)
    drain(services)
    whole, _ = versions(services, words_of(services))
    act(services, NOOR, ProposeRemoval(whole.id, "Hoort hier niet."))
    (proposal,) = rows(services, RemovalRow)
    act(services, PIET, ApproveRemoval(whole.id, str(proposal.id)))
    drain(services)
    assert not rows(services, FiledRow)
    assert not rows(services, SearchRow, kind="filed")
    assert len([row for row in rows(services, DocumentRow) if row.state == "erased"]) == 2
    kept = {row.blob for row in rows(services, DocumentRow)} - {""}
    assert kept == {file.blob for file in services.files.all_blobs()}
