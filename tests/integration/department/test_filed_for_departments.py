"""A department that is asked for its reaction reads the objection without contact details (J2), and its own answer again (B6)."""

import hashlib

from kit.cases import rows
from kit.desk import Desk
from kit.documents import PDF
from kit.people import NOOR, TESS

from processes.actions import act
from processes.actions.documents import GiveToDepartment
from processes.jobs.workers import drain
from processes.storage.tables import DocumentRow, FiledRow, MailRow


def objection(office: Desk) -> tuple[DocumentRow, DocumentRow]:
    """The whole one and the one for others."""
    (filed,) = rows(office.services, FiledRow, task_id=None)
    whole, other = sorted(
        (row for row in rows(office.services, DocumentRow) if filed.document_id in {row.id, row.redacts}),
        key=lambda row: row.redacts is not None,
    )
    return whole, other


def test_j2_a_department_asked_for_its_reaction_reads_the_objection_without_contact_details(office: Desk) -> None:
    drain(office.services)
    whole, other = objection(office)
    page = office.client.get(office.address).text
    assert f"/stuk/{other.id}" in page
    assert whole.id not in page
    assert office.client.get(f"{office.address}/stuk/{other.id}").content.startswith(b"%PDF")
    assert office.client.get(f"{office.address}/stuk/{whole.id}").status_code == 404


def test_j2_until_it_is_made_the_page_says_so(office: Desk) -> None:
    _, other = objection(office)
    assert "Dit document wordt nog gemaakt." in office.client.get(office.address).text
    assert office.client.get(f"{office.address}/stuk/{other.id}").status_code == 409


def test_j2_the_whole_objection_given_to_a_department_is_the_version_for_others(office: Desk) -> None:
    whole, other = objection(office)
    act(office.services, NOOR, GiveToDepartment(whole.id, "wonen"))
    given = {row.id: [item["department"] for item in row.to_departments] for row in rows(office.services, DocumentRow)}
    assert (given[whole.id], given[other.id]) == ([], ["parkeren", "wonen"])


def test_j2_a_delivery_is_read_again_with_its_fingerprint(office: Desk) -> None:
    office.deliver(("besluit.pdf", PDF), remark="Er is geen rapport.")
    (filed,) = [row for row in rows(office.services, FiledRow) if row.delivery_id]
    page = office.client.get(f"{office.address}/ingestuurd/{filed.id}").text
    for said in ("Aanlevering van stukken", "Gevraagde stukken", "Er is geen rapport.", "besluit.pdf", filed.sha256):
        assert said in page
    text = office.client.get(f"{office.address}/ingestuurd/{filed.id}/tekst").content
    assert hashlib.sha256(text).hexdigest() == filed.sha256
    (receipt,) = [row for row in office.rows(MailRow) if row.template == "receipt"]
    assert filed.sha256 in receipt.body
    assert TESS.name not in page


def test_j2_another_department_reads_no_answer_of_this_one(office: Desk) -> None:
    office.deliver(("besluit.pdf", PDF), remark="Er is geen rapport.")
    act(office.services, NOOR, GiveToDepartment(objection(office)[0].id, "wonen"))
    (filed,) = [row for row in rows(office.services, FiledRow) if row.delivery_id]
    other = f"/verzoek/{office.token_for('wonen')}"
    for path in (
        f"{other}/ingestuurd/{filed.id}",
        f"{other}/ingestuurd/{filed.id}/tekst",
        f"{other}/stuk/{filed.document_id}",
    ):
        assert office.client.get(path).status_code == 404
