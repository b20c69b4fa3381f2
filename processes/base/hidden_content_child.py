"""The child of `processes.base.hidden_content`: a line of JSON and a file on standard input.

In: `{"kind": format, "ask": "look" or "clean"}`. Out, of a look: `[{"kind", "where", "what"}]`; of cleaning: the copy.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from processes.base.hidden_cleaning import clean_office, clean_pdf, clean_picture
from processes.base.hidden_containers import PLAIN, of_mail, of_zip
from processes.base.hidden_kinds import MOST, HiddenThing
from processes.base.own_process import limit

MEMORY: Final = 1536 * 1024 * 1024


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    limit(int(sys.argv[1]), MEMORY)
    asked = json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    if asked["ask"] == "clean":
        sys.stdout.buffer.write(CLEANERS[asked["kind"]](content))
        return
    found = islice(dict.fromkeys(READERS[asked["kind"]](content)), MOST)
    sys.stdout.write(json.dumps([one.stored for one in found]))


READERS: Final[Mapping[str, Callable[[bytes], Iterator[HiddenThing]]]] = {
    **PLAIN,
    "eml": of_mail,
    "msg": of_mail,
    "zip": of_zip,
}
CLEANERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "pdf": clean_pdf, "jpg": clean_picture, "docx": clean_office, "xlsx": clean_office, "pptx": clean_office,
}  # fmt: skip


if __name__ == "__main__":
    main()
