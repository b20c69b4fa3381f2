"""The control: everything that was promised looked at again, with what to do about each problem."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import TheServices
from portal.pages import render
from processes.jobs.verification import CHECKS, verify

router = APIRouter(prefix="/controle")


@router.get("")
def control(request: Request, actor: Admin, services: TheServices) -> Response:
    del actor
    checks = [title for title, _look in CHECKS]
    return render(request, "admin/control.html", problems=verify(services), checks=checks)
