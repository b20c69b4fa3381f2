"""What somebody keeps back is neither shown on the portal nor published, and the case says so (J11)."""

import pytest
from kit.people import NOOR
from woo_kit import PARTLY, SECRET, WHOLE

from processes.jobs.workers import drain
from processes.reads.public import read_public_list
from processes.reads.public.pages import read_public_page
from processes.reads.workbench import read_documents
from processes.storage.tables import DocumentRow, NoteRow

pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def keep_back(asked, title: str) -> None:
    with asked.services.sessions.begin() as session:
        row = session.get_one(DocumentRow, asked.document(title).id)
        row.inspection = {"open": False, "why": "Er staat een naam in."}


@pytest.mark.parametrize(("title", "published"), [(WHOLE, [f"{PARTLY} (gelakt)"]), (PARTLY, [WHOLE])])
def test_j11_a_document_that_is_kept_back_is_not_published(asked, title, published):
    asked.found(PARTLY, SECRET, WHOLE).listed().redacted()
    keep_back(asked, title)
    asked.decided(objection=False)
    drain(asked.services)
    (line,) = read_public_list(asked.services).lines
    assert [one.title for one in read_public_page(asked.services, line.id).documents] == published
    notes = [row.text for row in asked.rows(NoteRow)]
    assert [text for text in notes if text.startswith("Niet gepubliceerd, want achtergehouden")]
    shown = {one.title: one.kept_back for one in read_documents(asked.services, NOOR, asked.number).documents}
    assert (shown[title], shown[SECRET]) == ("Er staat een naam in.", "")
