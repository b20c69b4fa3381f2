"""/over: what the site says about itself. The accessibility statement, privacy and help, for everybody, also who did not sign in."""

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.language.chosen import language_of
from portal.pages import render
from portal.security.limits import allow_address
from processes.base.limit_kinds import LimitKind
from processes.reads.site_texts import read_site_page

router = APIRouter(prefix="/over", dependencies=[Depends(allow_address(LimitKind.PUBLIC))])


@router.get("/{text}")
def about(request: Request, text: Annotated[str, Path(max_length=40)], services: TheServices) -> Response:
    return render(request, "about/page.html", page=read_site_page(services, text, language_of(request)))
