"""What people type as an e-mail address: which address is meant, how it goes over the line, and which sentence refuses it."""

import pytest

from processes.base.email_address import WrongAddress, email_address, typed_address, wire_address
from processes.base.settings import SettingError, read_settings

JAN = "jan@voorbeeld.nl"
MEANT = {
    "jan@voorbeeld.nl": JAN,
    " jan@voorbeeld.nl\t": JAN,
    "jan@voorbeeld.nl\u200b": JAN,
    "\ufeffjan@voorbeeld.nl": JAN,
    "j\u00adan@voorbeeld.nl": JAN,
    "\u202ajan@voorbeeld.nl\u202c": JAN,
    "\u00a0jan@voorbeeld.nl\u3000": JAN,
    "jan@voorbeeld.nl\u2028": JAN,
    "jan\ufe0f@voorbeeld.nl": JAN,
    "\u3164jan@voorbeeld.nl": JAN,
    "jan@voorbeeld.nl\x00": JAN,
    "mailto:jan@voorbeeld.nl": JAN,
    "MAILTO:jan@voorbeeld.nl": JAN,
    "<jan@voorbeeld.nl>": JAN,
    "Jan de Vries <jan@voorbeeld.nl>;": JAN,
    "<mailto:jan@voorbeeld.nl>": JAN,
    "jan@voorbeeld.nl;": JAN,
    "jan@voorbeeld.nl,": JAN,
    "jan@voorbeeld.nl.": JAN,
    "“jan@voorbeeld.nl”": JAN,
    "ｊａｎ＠ｖｏｏｒｂｅｅｌｄ．ｎｌ": JAN,
    "jan@VOORBEELD.nl": JAN,
    "Jan.O'Neil+bezwaar@voorbeeld.nl": "Jan.O'Neil+bezwaar@voorbeeld.nl",
    "bram@caf\u00e9-voorbeeld.nl": "bram@café-voorbeeld.nl",
    "bram@cafe\u0301-voorbeeld.nl": "bram@café-voorbeeld.nl",
    "bram@xn--caf-voorbeeld-dhb.nl": "bram@café-voorbeeld.nl",
    "lena@пример.рф": "lena@пример.рф",
    "post@gemeente.local": "post@gemeente.local",
}


@pytest.mark.parametrize("typed", MEANT)
def test_what_is_typed_is_read_as_the_address_that_is_meant(typed: str) -> None:
    assert email_address(typed) == MEANT[typed]
    assert email_address(MEANT[typed]) == MEANT[typed]


REFUSED = {
    "jan": "geen e-mailadres",
    "@": "geen e-mailadres",
    "jan@voorbeeld": "geen e-mailadres",
    "jan@[voorbeeld.nl": "geen e-mailadres",
    "jan@[127.0.0.1]": "geen e-mailadres",
    "jan de vries@voorbeeld.nl": "geen e-mailadres",
    "jan@voorbeeld.nl, els@voorbeeld.nl": "geen e-mailadres",
    "jan@voorbeeld.nl\r\nBcc: els@voorbeeld.nl": "geen e-mailadres",
    "jan\x00@voorbeeld.nl": "geen e-mailadres",
    "jan..vries@voorbeeld.nl": "geen e-mailadres",
    "jan@voor_beeld.nl": "geen e-mailadres",
    "jan@voorbeeld.nl\udcff": "geen e-mailadres",
    "x" * 320 + "@voorbeeld.nl": "te lang",
    "jos\u00e9@voorbeeld.nl": "Voor de @ staat 'é'",
    "jose\u0301@voorbeeld.nl": "Voor de @ staat 'é'",
    "j\u0430n@voorbeeld.nl": "Voor de @ staat '\u0430'",  # a Cyrillic letter that looks like ours
    "почта@пример.рф": "Voor de @ staat 'п'",
}


@pytest.mark.parametrize("typed", REFUSED)
def test_what_cannot_be_meant_is_refused_with_a_sentence(typed: str) -> None:
    with pytest.raises(WrongAddress, match=REFUSED[typed]):
        email_address(typed)


@pytest.mark.parametrize(("typed", "address", "sentences"), [
    (None, "", 0), ("", "", 0), (" \u200b\ufeff", "", 0), ("jan@voorbeeld.nl", JAN, 0), ("jan", "", 1),
])  # fmt: skip
def test_an_empty_field_is_not_wrong(typed: str | None, address: str, sentences: int) -> None:
    wrong: dict[str, str] = {}
    assert typed_address(typed, "email", wrong) == address
    assert len(wrong) == sentences


WIRE = {
    JAN: JAN,
    "bram@café-voorbeeld.nl": "bram@xn--caf-voorbeeld-dhb.nl",
    "lena@пример.рф": "lena@xn--e1afmkfd.xn--p1ai",
    "jan@voorbeeld.nl\u200b": JAN,  # as it was stored before addresses were read
    "josé@café.nl": "josé@xn--caf-dma.nl",
}


@pytest.mark.parametrize("address", WIRE)
def test_the_domain_goes_over_the_line_in_ascii(address: str) -> None:
    assert wire_address(address) == WIRE[address]


@pytest.mark.parametrize("name", ["MAIL_FROM", "TEAM_MAILBOX"])
def test_a_setting_with_an_address_is_read_the_same_way(name: str) -> None:
    settings = read_settings({f"ZAAKSPOOR_{name}": "<zaken@caf\u00e9.example>\u200b"})
    assert getattr(settings, name.lower()) == "zaken@café.example"
    with pytest.raises(SettingError, match=f"ZAAKSPOOR_{name}.*geen e-mailadres"):
        read_settings({f"ZAAKSPOOR_{name}": "zaken"})


def test_an_installation_has_an_address_to_mail_from() -> None:
    assert read_settings({"ZAAKSPOOR_TEAM_MAILBOX": ""}).team_mailbox == ""
    with pytest.raises(SettingError, match="ZAAKSPOOR_MAIL_FROM is leeg"):
        read_settings({"ZAAKSPOOR_MAIL_FROM": ""})
