"""`/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: figures for Prometheus.

Figures and what is missing are told inside only (`inside_networks`): outside they would tell an attacker what works.
"""

from fastapi import APIRouter, Request
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, PlainTextResponse, Response

from portal.doors import TheServices
from portal.security.client import from_inside
from processes.base.errors import NotFound
from processes.jobs.gauges import exposition
from processes.jobs.health import ready as look

router = APIRouter()


@router.get("/healthz")
def alive() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(request: Request, services: TheServices) -> Response:
    """200 with what was checked, or 503 that names what is missing; to somebody outside only the status."""
    well, parts = look(services)
    inside = from_inside(request.scope, services.settings)
    return JSONResponse(parts if inside else {}, status_code=200 if well else 503)


@router.get("/metrics")
def metrics(request: Request, services: TheServices) -> Response:
    if not from_inside(request.scope, services.settings):
        raise NotFound
    return Response(exposition(services), media_type=CONTENT_TYPE_LATEST)
