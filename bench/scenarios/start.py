"""`start`: register a case, up to its first waiting task."""

from collections.abc import Iterator

from bench.figures import Effort, Figure, share_of_floor
from bench.ground import ground
from bench.postgres import PostgresServer

TARGET = 0.60


def run(server: PostgresServer, effort: Effort) -> Iterator[Figure]:
    with ground(server, "start") as here:
        for _ in range(10):
            here.register()
        yield share_of_floor("start", here.register, here.floor.change, effort, TARGET)
