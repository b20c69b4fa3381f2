"""`zaakspoor reindex`."""

from portal.commands.opening import services
from portal.commands.speaking import counted, out
from processes.jobs import search_rebuild


def reindex() -> None:
    done = search_rebuild.rebuild_search(services())
    out.print(
        f"De zoektabel en de dagen in lijsten kloppen nu. Er stond iets anders van {counted(done, 'zaak', 'zaken')}"
    )
