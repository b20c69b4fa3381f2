"""The sentences of a letter about the organisation: whom to call, who signs, who decided, and what can be done against a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from processes.base.dutch import long_date
from processes.base.letterhead import Body, Letterhead, one_line
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import Taken, body_of, taken
from processes.execution.letterhead import letterhead_of
from processes.execution.unit_of_work import UnitOfWork
from processes.law.remedies import last_day_against
from processes.post.standard.english_blocks import block_in
from processes.post.templates import parse_template
from processes.storage.staff import NOBODY, name_of
from processes.storage.tables import Case, Instance
from processes.storage.words import ReadingLanguage

REMEDY = "remedy."
DECIDED = b"decided."


@dataclass(frozen=True, slots=True)
class LetterWords:
    """The words of one letter, each as plain text. Those of the decision are empty when its template does not name them."""

    contact: str
    signature: str
    decided_by: str
    decided_signature: str
    body: str


def said_of(
    run: CaseExecution, instance: Instance, head: Letterhead, handler: str, source: bytes, language: str = ReadingLanguage.DUTCH
) -> LetterWords:  # fmt: skip
    """The words of a letter of this process with the template `source` as it is sent now; `handler` is the name of who handles the
    case, or empty. A signature is as in the Dutch letter.
    """
    decided = taken(run, instance) if DECIDED in source else None
    body = _body(head, decided.body if decided else body_of(run, instance))
    return LetterWords(
        contact=_filled(head.contact, _facts(run, head, handler, body), language),
        signature=_in_the_name_of(body, handler or head.organisation.team, head.post_of(run.case.handler).function),
        decided_by=_decided_by(run, head, body, decided) if decided else "",
        decided_signature=_decided_signature(run, head, body, decided) if decided else "",
        body=body.name,
    )


def remedies(
    run: CaseExecution, instance: Instance | None, head: Letterhead, handler: str, source: bytes, sent_on: date | None,
    language: str = ReadingLanguage.DUTCH,
) -> dict[str, str]:  # fmt: skip
    """The blocks on what can be done that the template `source` names, by name (`remedy.beroep`).

    `sent_on`: the day on which it is sent, by which the last day is known; None while a letter waits to be posted.
    """
    wanted = [code for code in head.remedies if f"{REMEDY}{code}".encode() in source]
    if not wanted:
        return {}
    facts = _facts(run, head, handler, _body(head, body_of(run, instance)))
    facts["last_day"] = last_day_against(sent_on, run.work.services.law.book(run.work.session)) if sent_on else None
    return {f"{REMEDY}{code}": _filled(head.remedies[code], facts, language) for code in wanted}


def _filled(block: str, facts: Mapping[str, object], language: str) -> str:
    """A text block in this language, where it still is the one that came along; a block that somebody wrote is there in Dutch alone."""
    hours = block_in(str(facts["organisation.hours"]), language)
    return parse_template(block_in(block, language)).fill({**facts, "organisation.hours": hours}, language).strip()


def signature_of(run: CaseExecution, number: str) -> str:
    """The signature under a decision that this member of staff takes now, in the name of the body that decides in the case (Awb 10:10)."""
    head = letterhead_of(run.work, run.root.model.process)
    body = body_of(run)
    return _decided_signature(run, head, _body(head, body), Taken(body, by=number))


def block_facts(run: CaseExecution, instance: Instance | None, head: Letterhead, handler: str) -> dict[str, object]:
    """The facts that a text block of a letter of this process may name; `last_day` is unknown."""
    return _facts(run, head, handler, _body(head, body_of(run, instance)))


def handler_of(run: CaseExecution, head: Letterhead) -> str:
    """The name of who handles the case, as letters write it; empty when nobody does."""
    number = run.case.handler
    return head.post_of(number).name or _known(run, number)


def page_of(work: UnitOfWork, case: Case) -> str:
    """The address at which a citizen follows this case."""
    return f"{work.services.settings.public_url}/mijn/zaken/{case.number}"


def _facts(run: CaseExecution, head: Letterhead, handler: str, body: Body) -> dict[str, object]:
    """The facts that a text block may name (BLOCK_NAMES)."""
    sender, court, ombudsman = head.organisation, head.court, head.ombudsman
    return {
        "handler.name": handler or sender.team,
        "handler.phone": head.post_of(run.case.handler).phone or sender.phone,
        "organisation.name": sender.name, "organisation.address": one_line(sender.postal_address),
        "organisation.phone": sender.phone, "organisation.email": sender.email, "organisation.hours": sender.hours,
        "body.name": body.name,
        "court.name": court.name, "court.address": one_line(court.address), "court.website": court.website,
        "court.sector": court.sector, "ombudsman.name": ombudsman.name,
        "ombudsman.address": one_line(ombudsman.address), "ombudsman.website": ombudsman.website,
        "case.number": run.case.number, "link": page_of(run.work, run.case), "last_day": None,
    }  # fmt: skip


def _body(head: Letterhead, code: str) -> Body:
    """A body that a later setting took away is still called by its code: the letter must go out."""
    return head.bodies.get(code) or Body(code, "")


def _in_the_name_of(body: Body, name: str, function: str) -> str:
    return "\n".join(filter(None, (f"namens {body.name},", name, function)))


def _decided_by(run: CaseExecution, head: Letterhead, body: Body, decided: Taken) -> str:
    if decided.itself:
        return f"{body.name}, op {long_date(decided.on)}" if decided.on else body.name
    who, function = _who(run, head, decided)
    return f"{', '.join(filter(None, (who, function)))}, namens {body.name}"


def _decided_signature(run: CaseExecution, head: Letterhead, body: Body, decided: Taken) -> str:
    """A body signs itself, or somebody does in its name (Awb 10:10)."""
    if decided.itself:
        return "\n".join(filter(None, (f"{body.name[:1].upper()}{body.name[1:]},", body.signed_by)))
    return _in_the_name_of(body, *_who(run, head, decided))


def _who(run: CaseExecution, head: Letterhead, decided: Taken) -> tuple[str, str]:
    """Name and function of who decided under mandate; where no task says who, that is who handles the case."""
    number = decided.by or run.case.handler
    post = head.post_of(number)
    return post.name or _known(run, number) or head.organisation.team, post.function


def _known(run: CaseExecution, number: str | None) -> str:
    """The name that sign-on gave; empty for who is not known, so that no letter is signed by a neutral word."""
    name = name_of(run.work.session, number)
    return "" if name == NOBODY else name
