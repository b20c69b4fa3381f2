"""The control: everything that was promised looked at again, with what to do about each problem."""

from dataclasses import replace

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.doors import TheServices
from portal.pages import render
from processes.jobs.verification import CHECKS, verify
from processes.reads.admin.hidden_numbers import without_hidden_numbers

router = APIRouter(prefix="/controle")


@router.get("")
def control(request: Request, actor: Admin, services: TheServices) -> Response:
    checks, found = [title for title, _look in CHECKS], verify(services)
    where = without_hidden_numbers(services, actor, [one.where for one in found])
    what = without_hidden_numbers(services, actor, [one.what for one in found])
    problems = [replace(one, where=at, what=said) for one, at, said in zip(found, where, what, strict=True)]
    return render(request, "admin/control.html", problems=problems, checks=checks)
