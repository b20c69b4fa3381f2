"""`python -m bench [NAME ...] [--json] [--quick | --smallest]`: run scenarios on a PostgreSQL of their own and print the figures."""

import argparse
import logging
from collections.abc import Callable, Iterator

import structlog

from bench.figures import Effort, Figure, show
from bench.ground import server
from bench.postgres import PostgresServer
from bench.scenarios import (
    complete,
    dossier,
    history,
    move,
    page,
    paint,
    search,
    size,
    start,
    start_up,
    studio,
    sweep,
    upload,
    workers,
)

SCENARIOS: dict[str, Callable[[PostgresServer, Effort], Iterator[Figure]]] = {
    "start": start.run,
    "complete": complete.run,
    "sweep": sweep.run,
    "size": size.run,
    "history": history.run,
    "workers": workers.run,
    "page": page.run,
    "paint": paint.run,
    "search": search.run,
    "upload": upload.run,
    "move": move.run,
    "dossier": dossier.run,
    "start-up": start_up.run,
    "studio": studio.run,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", nargs="*", choices=[*SCENARIOS, []], help="which scenarios; all of them without a name")
    parser.add_argument("--json", action="store_true", help="one JSON line per figure")
    length = parser.add_mutually_exclusive_group()
    length.add_argument("--quick", action="store_true", help="a rough answer within a minute")
    length.add_argument("--smallest", action="store_true", help="only whether it runs to its end")
    chosen = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    effort = Effort.smallest() if chosen.smallest else Effort.quick() if chosen.quick else Effort()
    with server() as running:
        figures = (figure for name in chosen.name or SCENARIOS for figure in SCENARIOS[name](running, effort))
        show(figures, as_json=chosen.json)


if __name__ == "__main__":
    main()
