"""The child of `processes.post.converting`: a line of JSON and a file on standard input; a line of JSON and a PDF on standard output.

In: `{"name": file name, "kind": format, "check": only look whether it can be done, "text": its plain text in place of a PDF}`. Out: `{"wrong": a sentence, or null}`.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import Final

from processes.base.own_process import limit
from processes.post.converting.docx import check_docx, docx_body
from processes.post.converting.docx_package import LeftOut
from processes.post.converting.docx_text import docx_text
from processes.post.converting.heic import heic_body
from processes.post.converting.layout import ConvertedBody
from processes.post.converting.pictures import picture_body
from processes.post.converting.plain import text_body
from processes.post.pdf import pdf

MEMORY: Final = 1536 * 1024 * 1024
BODIES: Final[Mapping[str, Callable[[bytes, str], ConvertedBody]]] = {
    "docx": docx_body,
    "txt": text_body,
    "jpg": picture_body,
    "heic": heic_body,
    "png": picture_body,
}


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    limit(int(sys.argv[1]), MEMORY)
    asked = json.loads(sys.stdin.buffer.readline())
    wrong, made = None, b""
    try:
        content = sys.stdin.buffer.read()
        if asked["check"]:
            check_docx(content)
        elif asked.get("text"):
            made = docx_text(content, asked["name"]).encode()
        else:
            made = made_pdf(asked["name"], asked["kind"], content)
    except LeftOut as refused:
        wrong = f"In '{asked['name']}' {refused}"
    sys.stdout.buffer.write(json.dumps({"wrong": wrong}).encode() + b"\n" + made)


def made_pdf(name: str, kind: str, content: bytes) -> bytes:
    """The PDF of a file of one of BODIES. Raises LeftOut, or whatever its reader meets in a damaged file."""
    title = PurePath(name).stem
    body = BODIES[kind](content, title)
    return pdf(body.page(title), body.pictures)


if __name__ == "__main__":
    main()
