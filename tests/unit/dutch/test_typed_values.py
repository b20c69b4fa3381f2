"""What people type is read as the value that they mean, or refused in a sentence that says what to do."""

from datetime import date, datetime

import pytest

from processes.base.clock import AMSTERDAM
from processes.base.typed_values import (
    case_number,
    plain,
    read_bsn,
    read_date,
    read_kvk,
    read_moment,
    read_number,
    read_phone,
    trimmed,
)

THIRD = date(2026, 3, 3)
DATES = {
    "3 maart 2026": THIRD, "3 mrt 2026": THIRD, "3 mrt. 2026": THIRD, "3 mrt '26": THIRD, "3 maa 2026": THIRD,
    "3 Maart, 2026": THIRD, "3e maart 2026": THIRD, "3de maart 2026": THIRD, "3mrt2026": THIRD, "3-mrt-2026": THIRD,
    "03-03-2026": THIRD, "3-3-2026": THIRD, "3/3/26": THIRD, "3.3.2026": THIRD, "3. 3. 2026": THIRD, "3 3 2026": THIRD,
    "3 - 3 - 2026": THIRD, "3\u20113\u20112026": THIRD, "3\u20133\u20132026": THIRD, "3\u22123\u22122026": THIRD,
    "2026-03-03": THIRD, "2026-3-3": THIRD, "2026/03/03": THIRD, "20260303": THIRD, "03032026": THIRD,
    "3\u00a0maart\u00a02026": THIRD, "\u200b3 maart 2026\ufeff": THIRD, "3\u202fmrt\u20092026": THIRD, "\t3-3-2026\r\n": THIRD,
    "\u200e3\u200e/\u200e3\u200e/\u200e2026": THIRD, "３－３－２０２６": THIRD, "di 3 maart 2026": THIRD, "dinsdag 3 maart 2026": THIRD,
    "3 march 2026": THIRD, "March 3, 2026": THIRD, "mar 3rd, 2026": THIRD,
    "1-feb-2026": date(2026, 2, 1), "1 febr. 2026": date(2026, 2, 1), "5 mei 2026": date(2026, 5, 5), "5 may 2026": date(2026, 5, 5),
    "9 sept 2026": date(2026, 9, 9), "9 okt 2026": date(2026, 10, 9), "9 oct 2026": date(2026, 10, 9), "3december 2026": date(2026, 12, 3),
    "20122026": date(2026, 12, 20), "1-1-99": date(1999, 1, 1), "1-1-49": date(2049, 1, 1), "29-2-2024": date(2024, 2, 29),
}  # fmt: skip


@pytest.mark.parametrize("text", DATES)
def test_a_date_is_read(text: str) -> None:
    assert read_date(text) == DATES[text]


NO_DATES = [
    ("", "dag, maand en jaar"), ("gisteren", "dag, maand en jaar"), ("3 ju 2026", "dag, maand en jaar"),
    ("3 maart", "dag, maand en jaar"), ("3-3-6", "dag, maand en jaar"), ("maart 2026", "dag, maand en jaar"),
    ("3 maartt 2026", "dag, maand en jaar"), ("31-4-2026", "bestaat niet"), ("29 februari 2026", "bestaat niet"),
    ("2-14-2026", "bestaat niet"), ("31 apr 2026", "bestaat niet"), ("1-1-1850", "jaartal"), ("1-1-9999", "jaartal"),
    ("99999999", "bestaat niet"), ("1²-3-2026-4", "dag, maand en jaar"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), NO_DATES)
def test_what_is_no_date_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_date(text)


MOMENTS = [
    "2026-03-03T09:05", "2026-03-03T09:05:00", "3-3-2026 9.05", "3 mrt 2026 9:05", "3 maart 2026 om 9:05 uur", "3/3/26, 9.05 uur",
    "3\u00a0maart\u00a02026 om\u00a09u05",
]  # fmt: skip


@pytest.mark.parametrize("text", MOMENTS)
def test_a_moment_is_read(text: str) -> None:
    assert read_moment(text) == datetime(2026, 3, 3, 9, 5, tzinfo=AMSTERDAM)


def test_a_moment_on_the_hour() -> None:
    assert read_moment("3 maart 2026 om 14 uur") == datetime(2026, 3, 3, 14, 0, tzinfo=AMSTERDAM)


@pytest.mark.parametrize("text", ["3 maart 2026", "3-3-2026 9", "9.05", "3-3-2026 25.00", "3-3-2026 9.75"])
def test_what_is_no_moment_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r"Schrijf|bestaat niet"):
        read_moment(text)


NUMBERS = {
    "1250": 1250, "1.250": 1250, "1.250,-": 1250, "1250,-": 1250, "1250,--": 1250, "1.250,=": 1250, "1.250,\u2014": 1250,
    "€ 1.250,-": 1250, "€1250": 1250, "€\u00a01.250,00": 1250, "EUR 1250": 1250, "1250 euro": 1250, "1 250": 1250, "1\u202f250": 1250,
    "1'250": 1250, "1\u2019250": 1250, "\u200b1250\u200b": 1250, "1250,75": 1250.75, "1.250,75": 1250.75, "+5": 5, "-4": -4,
    "\u22124": -4, "€ -4": -4, "-€ 4": -4, "０": 0, "3,5": 3.5, "1.250.000": 1250000,
}  # fmt: skip


@pytest.mark.parametrize("text", NUMBERS)
def test_an_amount_is_read(text: str) -> None:
    assert read_number(text) == NUMBERS[text]


@pytest.mark.parametrize(
    "text", ["", "veel", "1.25", "1,250.00", "1.2.3", "1e9", "12,", "nan", "9" * 400, "1-2", "€", "12 of 13"]
)
def test_what_is_no_amount_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="Schrijf een getal"):
        read_number(text)


PHONES = {
    "020/1234567": "020/1234567", "06\u00a012345678": "06 12345678", "(020) 123 45 67": "(020) 123 45 67", "06-12345678": "06-12345678",
    "06\u201112345678": "06-12345678", "+31 (0)6 12345678": "+31 (0)6 12345678", "(+31) 6 12345678": "(+31) 6 12345678",
    "0031612345678": "0031612345678", "06.12.34.56.78": "06.12.34.56.78", "tel: 0612345678": "0612345678", "Tel. 020 1234567": "020 1234567",
    "\u200e+31612345678\u200f": "+31612345678", "０６１２３４５６７８": "0612345678", "+49 [30] 1234567": "+49 [30] 1234567",
}  # fmt: skip


@pytest.mark.parametrize("text", PHONES)
def test_a_telephone_number_is_read(text: str) -> None:
    assert read_phone(text) == PHONES[text]


NO_PHONES = [
    ("112", "geen telefoonnummer"), ("geen", "geen telefoonnummer"), ("((((((((", "geen telefoonnummer"), ("06 1234567x", "geen telefoonnummer"),
    ("06+12345678", "geen telefoonnummer"), ("020-1234567 / 06-12345678", "één telefoonnummer"), ("0612345678" + "-" * 40, "één telefoonnummer"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "sentence"), NO_PHONES)
def test_what_is_no_telephone_number_is_said(text: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        read_phone(text)


BSNS = {
    "999993653": "999993653", "9999.93.653": "999993653", "999 993 653": "999993653", "\u200b999993653\u00a0": "999993653",
    "010000008": "010000008", "10000008": "010000008", "10 00 00 08": "010000008",
}  # fmt: skip


@pytest.mark.parametrize("text", BSNS)
def test_a_bsn_is_read_also_without_its_zero(text: str) -> None:
    assert read_bsn(text) == BSNS[text]


@pytest.mark.parametrize("text", ["", "999993654", "10000009", "1000008", "0999993653", "abc", "99999365a"])
def test_what_is_no_bsn_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="geen geldig BSN"):
        read_bsn(text)


@pytest.mark.parametrize("text", ["68750110", "6875 0110", "6875.01.10", "\ufeff68750110"])
def test_a_kvk_number_is_read(text: str) -> None:
    assert read_kvk(text) == "68750110"


@pytest.mark.parametrize("text", ["", "6875011", "687501100", "6875011a"])
def test_what_is_no_kvk_number_is_said(text: str) -> None:
    with pytest.raises(ValueError, match="acht cijfers"):
        read_kvk(text)


@pytest.mark.parametrize(
    "text",
    [
        "BZW-2026-000004",
        " bzw-2026-000004",
        "BZW\u20132026\u2013000004",
        "BZW-2026-\u200b000004\u00a0",
        "bzw - 2026 - 000004",
    ],
)
def test_a_case_number_is_read(text: str) -> None:
    assert case_number(text) == "BZW-2026-000004"


AROUND = [
    "\u00a0",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\u2060",
    "\u00ad",
    "\u202e",
    "\u2800",
    "\u3164",
    "\u3000",
    "\v",
    "\x85",
    "\x00",
    " \t\r\n",
]


@pytest.mark.parametrize("white", AROUND)
def test_white_space_of_every_kind_around_a_value_goes(white: str) -> None:
    assert trimmed(f"{white}{white}Jan de  Wit{white}") == "Jan de  Wit"
    assert trimmed(white) == ""
    assert read_number(f"{white}12{white}") == 12


def test_what_stands_inside_a_text_stays() -> None:
    assert trimmed(" Eén\u00a0regel\r\n\r\nen 👩\u200d👧 nog een. ") == "Eén\u00a0regel\r\n\r\nen 👩\u200d👧 nog een."


def test_plain_signs() -> None:
    assert plain("\ufeffa\u00a0 b\u2013c\u200bd \u2019e\u2028f") == "a b-cd 'e f"
