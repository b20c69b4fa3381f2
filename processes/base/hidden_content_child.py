"""The child of `processes.base.hidden_content`: a line of JSON and a file on standard input.

In: `{"kind": format, "ask": "look" or "clean"}`. Out, of a look: `[{"kind", "where", "what"}]`; of cleaning: the copy.
"""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from typing import Final

from processes.base.hidden_cleaning import clean_office, clean_pdf, clean_picture
from processes.base.hidden_kinds import MOST, HiddenKind, HiddenThing
from processes.base.hidden_office import of_docx, of_odt, of_pptx, of_xlsx
from processes.base.hidden_pdf import of_pdf
from processes.base.hidden_pictures import of_picture
from processes.base.mail_file import mail_files, read_mail
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


def of_mail(content: bytes) -> Iterator[HiddenThing]:
    """Files that go along, and who got the mail without the others seeing it."""
    mail = read_mail(content)
    for one in mail_files(mail):
        yield HiddenThing(HiddenKind.ATTACHMENT, "", one.get_filename() or "zonder naam")
    if mail["bcc"]:
        yield HiddenThing(HiddenKind.NAMES, "bcc", str(mail["bcc"]))


READERS: Final[Mapping[str, Callable[[bytes], Iterator[HiddenThing]]]] = {
    "pdf": of_pdf, "docx": of_docx, "xlsx": of_xlsx, "pptx": of_pptx, "odt": of_odt, "jpg": of_picture, "png": of_picture,
    "heic": of_picture, "eml": of_mail,
}  # fmt: skip
CLEANERS: Final[Mapping[str, Callable[[bytes], bytes]]] = {
    "pdf": clean_pdf, "jpg": clean_picture, "docx": clean_office, "xlsx": clean_office, "pptx": clean_office,
}  # fmt: skip


if __name__ == "__main__":
    main()
