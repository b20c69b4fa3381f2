"""The pages of the demo: where to begin, which day it is, what was mailed."""

from datetime import date, datetime, time, timedelta

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import PlainForm, RowId, TheServices
from portal.pages import go_to, render
from portal.received import Received
from portal.security.places import own_path
from processes.base.clock import AMSTERDAM
from processes.base.errors import Invalid
from processes.base.typed_values import read_date
from processes.demo.moving import move_clock_to
from processes.demo.people import CITIZENS, STAFF
from processes.reads.mailbox import mail, mails
from processes.storage.business_time import business_now

router = APIRouter()
MORNING = time(9)


@router.get("/demo")
def start(request: Request) -> Response:
    return render(request, "demo/start.html", citizens=CITIZENS, staff=STAFF)


@router.get("/demo/postvak")
def mailbox(request: Request, services: TheServices, aan: str = "") -> Response:
    return render(request, "demo/mailbox.html", mails=mails(services, aan.strip()), recipient=aan.strip())


@router.get("/demo/postvak/{mail_id}")
def one_mail(request: Request, services: TheServices, mail_id: RowId) -> Response:
    return render(request, "demo/mail.html", mail=mail(services, mail_id))


@router.post("/demo/klok")
def move(request: Request, form: PlainForm, services: TheServices) -> Response:
    """Move on and go back to the page where the button was."""
    back = own_path(form.one("back"), "/demo")
    try:
        move_clock_to(services, _target(form, business_now(services)))
    except Invalid as wrong:
        return render(request, "demo/clock.html", 422, errors=wrong.fields, back=back)
    return go_to(back)


def _target(form: Received, now: datetime) -> datetime:
    if form.one("move") == "date":
        return datetime.combine(_date(form.one("date")), MORNING, AMSTERDAM)
    days = 7 if form.one("move") == "week" else 1
    local = now.astimezone(AMSTERDAM)
    return datetime.combine(local.date() + timedelta(days), max(MORNING, local.time()), AMSTERDAM)


def _date(text: str) -> date:
    try:
        return read_date(text)
    except ValueError as cause:
        wrong = str(cause) if text.strip() else "Kies een datum in het veld 'Naar datum'."
        raise Invalid({"date": wrong}) from cause
