"""The ways by which staff tell one party something: at the portal where that party reads it, else by a letter to post. Nothing that is told vanishes."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select

from engine.words import Recipient
from processes.base.errors import Invalid, NotNow
from processes.execution.case_execution import CaseExecution
from processes.execution.unit_of_work import UnitOfWork
from processes.post.channels import channel_for
from processes.post.notices import send_standard
from processes.post.recipients import reader_for
from processes.post.wording import Words
from processes.storage.tables import Case, DocumentRow, Party
from processes.storage.words import PostChannel

LEFT: Final = "{name} hoort niet meer bij de zaak. U kunt deze betrokkene niets meer sturen."
DECEASED: Final = "{name} is overleden. Vraag wie de erfgenamen zijn en voeg hen toe bij Partijen."
NO_ADDRESS: Final = "{name} leest niet op het portaal, en een adres ontbreekt. Vul het adres in bij Partijen."


def reader_of(work: UnitOfWork, case: Case, party: Party) -> tuple[Party, str]:
    """The reader of what is told to this party, the representative if there is one, and the PostChannel by which.

    Raises NotNow where nobody can read it any more, Invalid (`party`) where a letter has no address.
    """
    rows = work.session.scalars(select(Party).where(Party.case_id == case.id))
    reader = reader_for(party, {one.id: one for one in rows})
    if party.left_on is not None:
        raise NotNow(LEFT.format(name=party.name))
    if reader.deceased:
        raise NotNow(DECEASED.format(name=party.name))
    channel = channel_for(case, work.deployed(case.model_version_id).model, reader)
    if channel == PostChannel.POST and not reader.address:
        raise Invalid({"party": NO_ADDRESS.format(name=reader.name)})
    return reader, channel


def tell_by_letter(
    work: UnitOfWork, case: Case, party: Party, template: str, source: bytes, words: Words, along: Sequence[DocumentRow] = ()
) -> None:  # fmt: skip
    """A letter to this party, or to who speaks for it, also after a withdrawal; it waits in the post room until it is posted."""
    run = CaseExecution.of(work, case)
    send_standard(run, template, source, words, Recipient.ITEM, party.id, along=along)
