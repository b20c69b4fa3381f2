"""The child of `processes.base.mail_parts`: a mail on standard input; on standard output a line of JSON, and the files one after the other.

Out: `{"sender", "subject", "words", "files": [{"name", "size"}]}`, sizes in bytes. A mail inside the mail is a file too (.eml). A small
picture that the text shows is none: it is named below the words, and stays in the mail.
"""

import json
import sys
from email.message import EmailMessage
from typing import Final

from processes.base.mail_file import file_of, mail_files, mail_words, name_of, read_mail, small_pictures
from processes.base.own_process import limit
from processes.base.typed_values import many_lines, one_line

MEMORY: Final = 1024 * 1024 * 1024
MOST_FILES: Final = 100
MOST_WORDS: Final = 100_000
IN_TEXT: Final = "[Dit plaatje staat alleen in de mail zelf: {name}]"
LONGEST: Final = 300  # of a header that is told


def main() -> None:
    """Raises nothing that the parent must read: it sees that the child fell over."""
    limit(int(sys.argv[1]), MEMORY)
    mail = read_mail(sys.stdin.buffer.read())
    found = mail_files(mail)
    pictures = small_pictures(mail, found)
    files = [file_of(part) for part in [one for one in found if one not in pictures][:MOST_FILES]]
    shown = "\n".join(IN_TEXT.format(name=one_line(name_of(part))) for part in pictures[:MOST_FILES])
    words = "\n\n".join(part for part in (many_lines(mail_words(mail)).strip(), shown) if part)
    told = {
        "sender": _line(mail, "from"), "subject": _line(mail, "subject"), "words": words[:MOST_WORDS],
        "files": [{"name": name, "size": len(content)} for name, content in files],
    }  # fmt: skip
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n" + b"".join(content for _, content in files))


def _line(mail: EmailMessage, name: str) -> str:
    return one_line(str(mail[name] or ""))[:LONGEST]


if __name__ == "__main__":
    main()
