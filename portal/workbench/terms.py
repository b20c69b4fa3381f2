"""/werk/zaken/<number>/termijnen/<code>: Termijn wijzigen, with what the law allows now.

The page holds up to six forms; the fields of each end in its own name, such as `reason-consent`.
"""

from collections.abc import Mapping

from fastapi import APIRouter, Request
from starlette.responses import Response

from engine.words import DeadlineVerb
from portal.doors import PlainForm, TheServices
from portal.received import Received
from portal.workbench.dates import date_in, date_or_none
from portal.workbench.doors import Worker, carry_out
from portal.workbench.tabs import show_page
from processes.actions.fact_dates import CorrectStart
from processes.actions.term_days import CorrectTermDay
from processes.actions.terms import EndSuspension, LengthenTerm, SuspendTerm
from processes.base.actor import Actor
from processes.base.errors import Invalid, NotFound
from processes.base.typed_values import as_day
from processes.reads import workbench as reads
from processes.storage.services import Services

router = APIRouter(prefix="/zaken")
DAY = "day"


@router.get("/{number}/termijnen/{code}")
def ask(request: Request, actor: Worker, services: TheServices, number: str, code: str) -> Response:
    return _page(request, services, actor, number, code)


@router.post("/{number}/termijnen/{code}/{which}")
def change(
    request: Request, actor: Worker, form: PlainForm, services: TheServices, number: str, code: str, which: str
) -> Response:
    """`which` is one of start, suspend, resume, extend, consent, day."""
    try:
        action = _action(form, number, code, which)
    except Invalid as error:
        return _page(request, services, actor, number, code, form, error.fields)
    done = {DeadlineVerb.START: "begin", DAY: "dag"}.get(which, "gewijzigd")
    return carry_out(services, actor, action, form, f"/werk/zaken/{number}?gedaan={done}",
                     lambda errors: _page(request, services, actor, number, code, form, errors), f"-{which}")  # fmt: skip


def _action(
    form: Received, number: str, code: str, which: str
) -> CorrectStart | CorrectTermDay | SuspendTerm | EndSuspension | LengthenTerm:
    """Raises Invalid for a date that cannot be read, NotFound for another change."""
    reason = form.text(f"reason-{which}")
    if which == DAY:
        return _corrected(form, number, code, reason)
    if which == DeadlineVerb.START:
        return CorrectStart(number, code, date_in(form, "started_on-start"), reason)
    if which == DeadlineVerb.SUSPEND:
        return SuspendTerm(number, code, date_in(form, "since-suspend"), reason)
    if which == DeadlineVerb.RESUME:
        return EndSuspension(number, code, date_in(form, "until-resume"), reason)
    if which not in {DeadlineVerb.EXTEND, DeadlineVerb.CONSENT}:
        raise NotFound
    wrong: dict[str, str] = {}
    until, on = (date_or_none(form, f"{name}-{which}", wrong) for name in ("until", "on"))
    if wrong:
        raise Invalid(wrong)
    agreed_by, tell = form.one(f"agreed_by-{which}"), form.ticked(f"tell-{which}")
    return LengthenTerm(number, code, until, reason, which == DeadlineVerb.CONSENT, on, agreed_by, tell)


def _corrected(form: Received, number: str, code: str, reason: str) -> CorrectTermDay:
    """The choice holds the day and, behind it, the day that stood on the page."""
    key, _, stood = form.one("which-day").partition(" ")
    return CorrectTermDay(number, code, key, as_day(stood), date_in(form, "day-day"), reason)


def _page(
    request: Request, services: Services, actor: Actor, number: str, code: str, typed: Received | None = None,
    errors: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    page = reads.read_term(services, actor, number, code)
    return show_page(
        request,
        page,
        number,
        "term",
        "Termijn wijzigen" if page.runs else "Dagen verbeteren",
        typed=typed,
        errors=errors,
    )
