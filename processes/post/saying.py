"""What a letter says of the organisation: whom to call, who signs, who decided, and what can be done against a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from processes.base.dutch import long_date
from processes.base.letterhead import Body, Letterhead, one_line
from processes.execution.case_execution import CaseExecution
from processes.execution.deciding import Taken, body_of, taken
from processes.law.remedies import last_day_against
from processes.post.templates import parse_template
from processes.storage.staff import name_of

REMEDY = "remedy."
DECIDED = b"decided."


@dataclass(frozen=True, slots=True)
class Said:
    """The words of one letter, each as plain text. Those of the decision are empty when its template does not name them."""

    contact: str
    signature: str
    decided_by: str
    decided_signature: str
    body: str


def said_of(run: CaseExecution, head: Letterhead, handler: str, source: bytes) -> Said:
    """What a letter with the template `source` says now; `handler` is the name of who handles the case, or empty."""
    decided = taken(run) if DECIDED in source else None
    body = _body(head, decided.body if decided else body_of(run))
    return Said(
        contact=_contact(run, head, handler),
        signature=_in_the_name_of(body, handler or head.organisation.team, head.post_of(run.case.handler).function),
        decided_by=_decided_by(run, head, body, decided) if decided else "",
        decided_signature=_decided_signature(run, head, body, decided) if decided else "",
        body=body.name,
    )


def remedies(
    run: CaseExecution, head: Letterhead, source: bytes, body: str, link: str, sent_on: date | None
) -> dict[str, str]:
    """The blocks that the template `source` names, by name (`remedy.beroep`), for a reader who follows the case at `link`.

    `sent_on`: the day on which it is sent, by which the last day is known; None while a letter waits to be posted.
    """
    wanted = [code for code in head.remedies if f"{REMEDY}{code}".encode() in source]
    if not wanted:
        return {}
    facts = {
        **_of_organisation(head), **_of_others(head), "body.name": body, "case.number": run.case.number, "link": link,
        "last_day": last_day_against(sent_on, run.work.services.law.book(run.work.session)) if sent_on else None,
    }  # fmt: skip
    return {f"{REMEDY}{code}": parse_template(head.remedies[code]).fill(facts).strip() for code in wanted}


def handler_of(run: CaseExecution) -> str:
    """The name of who handles the case; empty when nobody does."""
    return name_of(run.work.session, run.case.handler) if run.case.handler else ""


def _contact(run: CaseExecution, head: Letterhead, handler: str) -> str:
    facts = {
        **_of_organisation(head), "case.number": run.case.number,
        "handler.name": handler or head.organisation.team,
        "handler.phone": head.post_of(run.case.handler).phone or head.organisation.phone,
    }  # fmt: skip
    return parse_template(head.contact).fill(facts).strip()


def _of_organisation(head: Letterhead) -> Mapping[str, str]:
    sender = head.organisation
    return {
        "organisation.name": sender.name, "organisation.address": one_line(sender.postal_address),
        "organisation.phone": sender.phone, "organisation.email": sender.email, "organisation.hours": sender.hours,
    }  # fmt: skip


def _of_others(head: Letterhead) -> Mapping[str, str]:
    return {
        "court.name": head.court.name, "court.address": one_line(head.court.address),
        "court.website": head.court.website, "court.sector": head.court.sector,
        "ombudsman.name": head.ombudsman.name, "ombudsman.address": one_line(head.ombudsman.address),
        "ombudsman.website": head.ombudsman.website,
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
    name = name_of(run.work.session, number) if number else head.organisation.team
    return name, head.post_of(number).function
