"""The child of `processes.post.bundling.making`: the file of an order and that of the bundle as its arguments; a line of JSON on standard
output after each paper, `{"done": number}`, and at the end `{"bound": ..}` or `{"wrong": code}`.
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

from processes.post.bundling.binding import TooManyPages, bind
from processes.post.bundling.order import BundleOrder


def main() -> None:
    """Raises nothing that the parent must read but a full disk: it sees that the child fell over."""
    order = BundleOrder.read(Path(sys.argv[1]).read_bytes())
    try:
        bound = bind(order, Path(sys.argv[2]), lambda done: _tell({"done": done}))
    except TooManyPages:
        _tell({"wrong": "too_many"})
        return
    _tell({"bound": asdict(bound)})


def _tell(line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
