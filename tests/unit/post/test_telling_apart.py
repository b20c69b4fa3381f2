"""P8: what comes back is told apart, whatever system wrote it, and no mail is so broken that reading it fails."""

import random
import time
from datetime import date

import pytest
from kit.returned_mails import MESSAGES, plain

from processes.post.incoming.absence import back_on
from processes.post.incoming.plain_words import plain as cleaned
from processes.post.incoming.plain_words import without_tags
from processes.post.incoming.reading import read_mail
from processes.post.incoming.telling_apart import verdict_on

TODAY = date(2026, 11, 29)
TO, ID, WHO = "bounce+1a@zaken.example", "<4d5e@zaken.example>", "tess@post.example"


@pytest.mark.parametrize("name", MESSAGES)
def test_p8_bounces_absence_delays_and_answers_are_told_apart(name: str) -> None:
    one = MESSAGES[name]
    verdict = verdict_on(read_mail(one.content(TO, ID, WHO)), TODAY)
    assert (verdict.kind, verdict.back_on) == (one.kind, date.fromisoformat(one.back) if one.back else None)
    assert one.said in verdict.said
    assert WHO not in verdict.said  # not everybody who reads why may see the address


def test_p8_of_a_mail_in_a_mail_the_id_is_read_and_no_text() -> None:
    for name in (
        "postfix, unknown user",
        "exchange online, Dutch",
        "somebody answered",
        "somebody answered with a code in it",
    ):
        assert ID in read_mail(MESSAGES[name].content(TO, ID, WHO)).refers
    mail = read_mail(MESSAGES["exchange online, Dutch"].content(TO, ID, WHO))
    assert (mail.to, mail.attachments, "Beste" in mail.text) == ((TO,), 0, False)


def test_p8_html_is_read_as_words_and_runs_nowhere() -> None:
    mail = read_mail(MESSAGES["in HTML"].content())
    assert mail.subject == "Re: Vraag één"
    assert mail.text == "Dag,\nIk heb nog een vraag & <een> opmerking."


ABSENCES = [
    ("Ik ben afwezig tot 12 december 2026.", "2026-12-12"),
    ("Afwezig t/m 12 december", "2026-12-13"),
    ("Ik ben met vakantie tot en met vrijdag 4 december. Bel 14-010", "2026-12-05"),
    ("Vanaf 5 januari ben ik weer aanwezig", "2027-01-05"),
    ("van 1 december tot 12 december", "2026-12-12"),
    ("afwezig van 23-12-2026 t/m 02-01-2027", "2027-01-03"),
    ("Ik ben weg tot 1 dec. 2026", "2026-12-01"),
    ("I will be back on Monday, 14 December 2026", "2026-12-14"),
    ("I am away from December 1 through December 11th, 2026", "2026-12-12"),
    ("returning on 2026-12-14", "2026-12-14"),
    ("Ich bin bis 20. Dezember nicht im Büro", "2026-12-20"),
    ("Ik ben weg.\n\n> uiterlijk tot 12 december 2026", None),
    ("Ik ben weg.\n-----Oorspronkelijk bericht-----\ntot 12 december 2026", None),
    ("tot 31 februari", None),
    ("tot 12 december 2020", None),
    ("tot 12 december 3020", None),
    ("Ik werk niet op vrijdag.", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "day"), ABSENCES)
def test_p8_until_when_somebody_is_away_is_read(text: str, day: str | None) -> None:
    assert back_on(text, TODAY) == (date.fromisoformat(day) if day else None)


def nested(kind: str, depth: int) -> bytes:
    if kind == "mail":
        return b"Content-Type: message/rfc822\n\n" * depth + b"tekst"
    heads = (f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(depth))
    return "".join(heads).encode() + b"\ntekst"


HOSTILE = {
    "nothing": b"",
    "no header": b"\n\ntekst",
    "nul": b"From: a@b.example\nSubject: x\x00y\n\ntek\x00st\x00",
    "no such charset": b"Content-Type: text/plain; charset=klingon\n\nt\xffekst",
    "a codec that is no charset": b"Content-Type: text/plain; charset=rot13\n\ntekst",
    "a codec that is slow": b"Content-Type: text/plain; charset=punycode\n\n" + b"tekst-" + b"a9" * 50_000,
    "a charset of signs": b'Content-Type: text/plain; charset="\x00\xff\n;="\n\ntekst',
    "surrogates": b"Subject: =?utf-8?b?7aCA?= =?utf-7?q?+2AA-?=\nFrom: \xed\xa0\x80@b\n\n\xed\xa0\x80tekst",
    "broken words": b"Subject: =?utf-8?b?A===?= =?x?y?z?= =?utf-8?q?=ZZ?=\n\ntekst",
    "broken base64": b"Content-Transfer-Encoding: base64\n\ntekst!!!",
    "broken uu": b"Content-Transfer-Encoding: x-uuencode\n\nbegin 666 x\nM\n\ntekst",
    "no boundary": b"Content-Type: multipart/mixed\n\ntekst",
    "a boundary that never comes": b"Content-Type: multipart/report; boundary=x\n\ntekst",
    "an empty report": b"Content-Type: message/delivery-status\n\n\n\n",
    "a report of nonsense": b"Content-Type: message/delivery-status\n\nAction: \xff\n\nStatus: 9.9.9\nAction: explode\n",
    "1000 mails in each other": nested("mail", 1000),
    "1000 parts in each other": nested("part", 1000),
    "nul in every place": b"From: a\x00@b\nTo: bounce+1\x00@c.example\nIn-Reply-To: <a\x00b@c>\nMessage-ID: <\x00>\n"
    b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\nA: b\n\n"
    b"Action: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 \x00\xed\xa0\x80 x\n\n--x\n"
    b"Content-Type: text/rfc822-headers\n\nMessage-ID: <d\x00e@f>\n--x--\n",
    "10000 parts": b"Content-Type: multipart/mixed; boundary=x\n\n" + b"--x\n\ntekst\n" * 10_000,
    "a header of 200 kB": b"From: " + b'<("' * 70_000 + b"\n\ntekst",
    "200 kB of addresses": b"To: " + b"a@b.example, " * 16_000 + b"\n\ntekst",
    "20000 headers": b"X-A: b\n" * 20_000 + b"\ntekst",
    "folded for ever": b"Subject: a\n" + b" \n" * 50_000 + b"\ntekst",
    "tags that never close": b"Content-Type: text/html\n\n" + b"<" * 200_000,
    "styles that never close": b"Content-Type: text/html\n\n" + b"<style" * 30_000,
    "comments that never close": b"Content-Type: text/html\n\n" + b"<!--" * 50_000,
    "lines without end": b"Content-Type: text/plain\n\n" + b"\n \t" * 60_000,
    "a long number": b"From: mailer-daemon@b\n\n" + b"5.1" * 60_000,
    "many dates": b"Auto-Submitted: auto-replied\n\n" + b"tot 12 " * 30_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_p8_no_mail_is_so_broken_that_reading_it_fails_or_takes_long(name: str) -> None:
    began = time.process_time()
    mail = read_mail(HOSTILE[name])
    verdict = verdict_on(mail, TODAY)
    assert time.process_time() - began < 5  # the slow ones would take minutes
    for text in (mail.text, mail.subject, mail.sender, verdict.said, mail.digest, *mail.to, *mail.refers):
        assert "\x00" not in text
        text.encode()  # no surrogates: a database would refuse them
    assert (len(mail.text) <= 10_000, len(mail.subject) <= 300, len(mail.sender) <= 320) == (True, True, True)


def test_p8_any_change_of_a_bounce_is_read_all_the_same() -> None:
    chance = random.Random(8)
    whole = MESSAGES["postfix, unknown user"].content()
    for _ in range(300):
        broken = bytearray(whole[: chance.randrange(1, len(whole))])
        for _ in range(chance.randrange(12)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        verdict_on(read_mail(bytes(broken)), TODAY)


def test_p8_words_that_turn_around_or_hide_are_taken_out() -> None:
    assert cleaned("a\u202eb\u200bc\x07d\r\ne\r\n\r\n\r\n\r\nf") == "abcd\ne\n\nf"
    assert without_tags("<b>1 &lt; 2</b><script>x</script><br>3 > 2") == "1 < 2\n3 > 2"


def test_p8_a_mail_that_is_delivered_twice_is_known_again_and_another_is_not() -> None:
    one = plain("Tess <tess@post.example>", "Re: x", "Dag").encode()
    again = b"Received: by another.example\n" + one
    other = one.replace(b"4711", b"4712")
    assert read_mail(one).digest == read_mail(again).digest != read_mail(other).digest
