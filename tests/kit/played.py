"""A rehearsal that was played, with its database and the PDF of each letter."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO

from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from engine import read_folder
from kit.cases import BPMN
from processes.post.letters import make_letter
from processes.rehearsal.played_case import open_case
from processes.rehearsal.player import play
from processes.rehearsal.sandbox import sandbox
from processes.rehearsal.script import Rehearsal, read_script
from processes.storage.case_type_folders import folders_beside
from processes.storage.services import Services
from processes.storage.tables import DocumentRow, NoticeRow, Party


@dataclass(frozen=True)
class Played:
    services: Services
    session: Session

    def letter(self, template: str, to: str = "") -> NoticeRow:
        """The one letter of this kind, or the one to who has this role."""
        found = select(NoticeRow).join(Party, Party.id == NoticeRow.party_id).where(NoticeRow.template == template)
        return self.session.scalars(found.where(Party.role == to) if to else found).one()

    def pages(self, notice: NoticeRow) -> list[str]:
        """The text of each page of its PDF."""
        self.session.commit()  # SQLite knows one transaction at a time
        make_letter(self.services, {"notice": notice.id})
        self.session.refresh(notice)
        document = self.session.get_one(DocumentRow, notice.document_id)
        content = b"".join(self.services.files.read(document.blob, document.file_key))
        return [page.extract_text() for page in PdfReader(BytesIO(content)).pages]


@contextmanager
def played(case_type: str, name: str) -> Iterator[Played]:
    """The rehearsal of this name of a shipped case type, played to its end without a problem."""
    folder = read_folder(BPMN / case_type)
    script: Rehearsal = read_script(name, folder.rehearsals[name])
    with sandbox(replace(folder, rehearsals={}), folders_beside(BPMN / case_type)) as (services, clock):
        case = open_case(services, clock, case_type, script)
        assert play(case, script).problems == ()
        with services.sessions() as session:
            yield Played(services, session)
