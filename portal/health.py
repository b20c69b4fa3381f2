"""`/healthz`: the process lives. `/readyz`: it can do its work. `/metrics`: figures for Prometheus."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.responses import JSONResponse, PlainTextResponse, Response

from portal.doors import TheServices
from processes.jobs.gauges import exposition
from processes.jobs.health import ready as look

router = APIRouter()


@router.get("/healthz")
def alive() -> Response:
    return PlainTextResponse("ok")


@router.get("/readyz")
def ready(services: TheServices) -> Response:
    """200 with what was checked, or 503 that names what is missing."""
    well, parts = look(services)
    return JSONResponse(parts, status_code=200 if well else 503)


@router.get("/metrics")
def metrics(services: TheServices) -> Response:
    return Response(exposition(services), media_type=CONTENT_TYPE_LATEST)
