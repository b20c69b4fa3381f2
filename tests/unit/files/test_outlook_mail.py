"""W12: a mail as Outlook keeps it is taken apart, read and found as one that came over the net."""

import pytest
from kit.outlook import outlook_mail

from processes.base.document_words import words_in
from processes.base.mail_parts import is_taken_apart, mail_parts
from processes.base.readable_text import readable_text

FILES = {"foto.jpg": b"\xff\xd8" + b"x" * 9000, "brief.pdf": b"%PDF-1.4 klein", "antwoord.msg": None}


def test_w12_an_outlook_mail_is_taken_apart_with_its_files() -> None:
    assert is_taken_apart("melding.msg", 20_000)
    parts = mail_parts(outlook_mail("De stoep", "Beste Noor,\n\nde stoep ligt los.", FILES))
    assert parts is not None
    assert (parts.sender, parts.subject) == ("Bo Verzonnen <bo@voorbeeld.example>", "De stoep")
    assert parts.files == tuple((name, content) for name, content in FILES.items() if content is not None)
    assert "de stoep ligt los" in parts.words


def test_w12_what_opens_in_outlook_alone_is_named() -> None:
    parts = mail_parts(
        outlook_mail("Doorgestuurd", None, FILES, html="<p>Zie <b>onder</b> &amp; boven</p><script>x()</script>")
    )
    assert parts is not None
    assert parts.words.split("\n")[0].strip() == "Zie onder & boven"
    assert "[Deze bijlage opent alleen in Outlook: antwoord.msg]" in parts.words
    assert "x()" not in parts.words


def test_w10_an_outlook_mail_is_read_with_who_wrote_it_and_what_came_with_it() -> None:
    read = readable_text("melding.msg", outlook_mail("De stoep", "Hij ligt los.", FILES))
    assert read is not None
    assert dict(read.facts)["Onderwerp"] == "De stoep"
    assert dict(read.facts)["Bijlagen"] == "foto.jpg, brief.pdf"
    assert "Hij ligt los." in read.parts[0].text


def test_w7_the_words_of_an_outlook_mail_are_found() -> None:
    assert {"stoep", "los", "verzonnen"} <= set(
        words_in("melding.msg", outlook_mail("De stoep", "Hij ligt los.", {})).split()
    )


@pytest.mark.parametrize("cut", [9, 600, 2000])
def test_w12_an_outlook_mail_that_is_cut_off_is_no_mail(cut: int) -> None:
    assert mail_parts(outlook_mail("De stoep", "Hij ligt los.", FILES)[:cut]) is None


def test_w12_a_subject_that_would_write_another_header_is_a_subject() -> None:
    parts = mail_parts(outlook_mail("Stoep\r\nBcc: ander@voorbeeld.example", "x", {}, sender='Bo\r\nX: y <"'))
    assert parts is not None
    assert parts.subject == "Stoep Bcc: ander@voorbeeld.example"
