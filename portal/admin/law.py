"""The law rules that deadlines are computed with, to read."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.admin.roles import Admin
from portal.pages import render
from processes.reads.admin import law_lines

router = APIRouter(prefix="/wettelijke-termijnen")


@router.get("")
def law(request: Request, actor: Admin) -> Response:
    del actor
    return render(request, "admin/law.html", lines=law_lines())
