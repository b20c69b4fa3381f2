"""V5.4.3: the client of clamd takes one answer for clean, and whatever else it hears or does not hear for trouble."""

import pytest
from kit.clamd import says

from processes.storage.clamd import (
    CUT,
    LARGER,
    SILENT,
    STRANGE,
    ScannerTrouble,
    scan,
    scanner_in_words,
    scanner_version,
)

ANSWERS = [
    (b"stream: OK\0", ""),
    (b"stream: Win.Test.EICAR_HDB-1 FOUND\0", "Win.Test.EICAR_HDB-1"),
]
TROUBLE = [
    ("over the limit", b"INSTREAM size limit exceeded. ERROR\0", LARGER),
    ("not looked at whole", b"stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", LARGER),
    ("an error", b"stream: Can't open file or directory ERROR\0", STRANGE),
    ("another answer", b"UNKNOWN COMMAND\0", STRANGE),
    ("OK in the name of something", b"stream: OK FOUND OK\0", STRANGE),
    ("an answer that is cut off", b"stream: O", CUT),
    ("nothing", b"", CUT),
    ("far too much", b"x" * 10_000, STRANGE),
]


@pytest.mark.parametrize(("reply", "found"), ANSWERS)
def test_what_the_scanner_found_is_told(reply: bytes, found: str) -> None:
    with says(reply) as address:
        assert scan(address, [b"een", b"", b"twee"], 5) == found


@pytest.mark.parametrize(("reply", "sentence"), [one[1:] for one in TROUBLE], ids=[one[0] for one in TROUBLE])
def test_any_other_answer_is_no_clean_file(reply: bytes, sentence: str) -> None:
    with says(reply) as address, pytest.raises(ScannerTrouble, match=f"^{sentence[:40]}".replace("(", r"\(")):
        scan(address, [b"een"], 5)


def test_a_scanner_that_is_not_there_or_says_nothing_is_given_up_in_time() -> None:
    for address in ("127.0.0.1:1", "/nergens/clamd.ctl"):
        with pytest.raises(ScannerTrouble) as trouble:
            scan(address, [b"een"], 1)
        assert str(trouble.value) == SILENT
    with says() as address, pytest.raises(ScannerTrouble) as trouble:
        scan(address, [b"een"], 0.2)
    assert str(trouble.value) == SILENT


def test_version_and_age_of_signatures_are_told() -> None:
    with says(b"ClamAV 1.4.3/27700/Sat Nov 28 09:35:00 2026\0") as address:
        assert scanner_in_words(scanner_version(address)).startswith(
            "ClamAV 1.4.3, signaturen 27700 van 28 november 2026"
        )
    with says(b"ClamAV 1.4.3\0") as address:
        assert "alleen eigen signaturen" in scanner_in_words(scanner_version(address))
    with says(b"220 mail ESMTP\0") as address, pytest.raises(ScannerTrouble):
        scanner_version(address)
