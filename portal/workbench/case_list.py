"""/werk/zaken: the list of cases."""

from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.responses import Response

from portal.doors import TheServices
from portal.pages import render
from portal.workbench.doors import Desk
from processes.reads import workbench as reads
from processes.storage.words import CaseState

router = APIRouter(prefix="/zaken")
STATES = {"lopend": CaseState.RUNNING, "afgerond": CaseState.CLOSED, "alle": ""}
NAMES = (("lopend", "Lopend"), ("afgerond", "Afgerond"), ("alle", "Alle"))

LATE, COURT = "te-laat", "rechter"
ONLY = ((LATE, "Over de wettelijke termijn"), (COURT, "Met een termijn van de rechter"))


@router.get("")
def cases(
    request: Request, actor: Desk, services: TheServices, zoek: str = "", soort: str = "", status: str = "",
    behandelaar: str = "", team: str = "", afdeling: str = "", alleen: str = "", stand: str = "lopend", pagina: int = 1,
) -> Response:  # fmt: skip
    """`alleen`: of the running cases those that are late, or those with a term of a court."""
    stand = stand if stand in STATES else "lopend"
    alleen = alleen if alleen in dict(ONLY) else ""
    wanted = reads.Filter(
        zoek.strip()[:100],
        soort,
        status,
        behandelaar,
        STATES[stand],
        pagina,
        team,
        afdeling,
        alleen == LATE,
        alleen == COURT,
    )
    chosen = {
        "zoek": wanted.text, "soort": soort, "status": status, "behandelaar": behandelaar, "team": team, "afdeling": afdeling,
        "alleen": alleen,
    }  # fmt: skip
    page = reads.read_cases(services, actor, wanted)
    kinds = [(code, name, page.counts[STATES[code]]) for code, name in NAMES]
    return render(
        request, "workbench/case_list.html", page=page, kinds=kinds, chosen=chosen, stand=stand,
        place="cases", nobody=reads.NOBODY, address=_address(chosen), states=STATES, most=reads.MOST, only=ONLY,
    )  # fmt: skip


def _address(chosen: dict[str, str]) -> str:
    """The address of this search without state and page, which the links on the page add."""
    kept = urlencode({name: value for name, value in chosen.items() if value}).replace("%", "%%")
    return f"/werk/zaken?{kept}&" if kept else "/werk/zaken?"
