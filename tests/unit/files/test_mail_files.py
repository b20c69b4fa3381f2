"""W12: the files that came with a mail, however the program that wrote it put them in."""

from email.message import EmailMessage, MIMEPart

import pytest

from processes.base.hidden_containers import of_mail as hidden_in
from processes.base.hidden_kinds import HiddenKind
from processes.base.mail_parts import MailParts, mail_parts
from processes.base.readable_text_child import of_mail as readable

PDF = b"%PDF-1.4 klein"


def part(kind: str, content: bytes, name: str = "") -> MIMEPart:
    made = MIMEPart()
    main, _, sub = kind.partition("/")
    if main == "text":
        made.set_content(content.decode(), subtype=sub)
    else:
        made.set_content(content, main, sub, filename=name or None)
    return made


def many(kind: str, *parts: MIMEPart) -> MIMEPart:
    made = MIMEPart()
    made["Content-Type"] = f"multipart/{kind}"
    made.set_payload(list(parts))
    return made


def mail_of(whole: MIMEPart) -> bytes:
    return b"From: Tess <tess@post.example>\nSubject: Bezwaar\nMIME-Version: 1.0\n" + whole.as_bytes()


def taken_apart(whole: MIMEPart) -> MailParts:
    parts = mail_parts(mail_of(whole))
    assert parts is not None
    return parts


TEXT, HTML = part("text/plain", b"Mijn bezwaar."), part("text/html", b"<p>Mijn bezwaar.</p>")
FILE, PHOTO = part("application/pdf", PDF, "brief.pdf"), part("image/png", b"png", "foto.png")
SIGNED = part("application/pkcs7-signature", b"x", "smime.p7s")
MAILS = {
    "Apple Mail": (many("alternative", TEXT, many("mixed", HTML, FILE, HTML)), ["brief.pdf"]),
    "signed": (many("signed", many("mixed", TEXT, FILE), SIGNED), ["brief.pdf", "smime.p7s"]),
    "mixed in mixed": (many("mixed", many("mixed", TEXT, FILE), PHOTO), ["brief.pdf", "foto.png"]),
    "a picture in the text": (
        many("mixed", many("related", many("alternative", TEXT, HTML), PHOTO), FILE), ["foto.png", "brief.pdf"],
    ),
    "HTML alone": (many("related", HTML, PHOTO), ["foto.png"]),
    "two forms of the words": (many("alternative", TEXT, HTML), []),
    "words alone": (TEXT, []),
}  # fmt: skip


@pytest.mark.parametrize("how", MAILS)
def test_w12_every_file_of_a_mail_is_found_and_its_words_are_no_file(how: str) -> None:
    whole, names = MAILS[how]
    parts = taken_apart(whole)
    assert [name for name, _ in parts.files] == names
    assert dict(parts.files).get("brief.pdf", PDF) == PDF
    assert parts.words.strip() == "Mijn bezwaar."


@pytest.mark.parametrize("how", MAILS)
def test_w10_every_file_of_a_mail_is_told_to_who_reads_it_or_sends_it_on(how: str) -> None:
    whole, names = MAILS[how]
    facts, _, _ = readable(mail_of(whole))
    assert dict(facts).get("Bijlagen", "") == ", ".join(names)
    told = [one.what for one in hidden_in(mail_of(whole)) if one.kind == HiddenKind.ATTACHMENT]
    assert told == names


def test_w12_a_mail_that_is_one_file_brings_that_file() -> None:
    assert taken_apart(FILE).files == (("brief.pdf", PDF),)
    assert taken_apart(part("application/pdf", PDF)).files == (("bijlage.pdf", PDF),)


def test_w12_a_mail_in_a_mail_is_one_file() -> None:
    inside = EmailMessage()
    inside["Subject"] = "Eerder"
    inside.set_content("Zie de brief.")
    inside.add_attachment(PDF, maintype="application", subtype="pdf", filename="brief.pdf")
    whole = EmailMessage()
    whole.set_content("Mijn bezwaar.")
    whole.add_attachment(inside)
    parts = mail_parts(whole.as_bytes())
    assert parts is not None
    assert [name for name, _ in parts.files] == ["mail.eml"]
    assert b"brief.pdf" in parts.files[0][1]


def picture(name: str, size: int, cid: str = "") -> MIMEPart:
    made = part("image/png", b"p" * size, name)
    if cid:
        made["Content-ID"] = f"<{cid}>"
    return made


PAGE = part("text/html", b'<p>Mijn bezwaar.</p><img src="cid:logo@post"><img src="cid:dak@post">')
PICTURES = {
    "a logo that the text shows": (picture("logo.png", 4_000, "logo@post"), False),
    "a photo that the text shows": (picture("dak.png", 400_000, "dak@post"), True),
    "a small picture beside the text": (picture("klein.png", 4_000), True),
    "one with a mark that the text does not name": (picture("los.png", 4_000, "anders@post"), True),
}


@pytest.mark.parametrize("how", PICTURES)
def test_w12_a_small_picture_in_the_text_is_named_and_is_no_file_of_the_post(how: str) -> None:
    shown, is_file = PICTURES[how]
    parts = taken_apart(many("mixed", many("related", many("alternative", TEXT, PAGE), shown), FILE))
    name = shown.get_filename()
    assert [one for one, _ in parts.files] == ([name] if is_file else []) + ["brief.pdf"]
    assert (f"[Dit plaatje staat alleen in de mail zelf: {name}]" in parts.words) is not is_file
