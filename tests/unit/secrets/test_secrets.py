"""Sealing, indexing, links, and the eleven test."""

import base64
import stat
from pathlib import Path

import pytest

from processes.base.secrets import Bsn, BsnRefused, SealBroken, Secrets, bsn_is_valid, read_secret
from processes.base.settings import Settings

SECRETS = Secrets("alleen-voor-proeven-niet-voor-echt-gebruik")
OTHER = Secrets("een-heel-ander-geheim-van-meer-dan-32-tekens")
SEALED = SECRETS.seal(b"999993653", "party.identity")

BSNS = {
    "999993653": True,
    "999990676": True,
    "999991863": True,
    "999993654": False,
    "000000000": False,
    "99999365": False,
    "9999936530": False,
    "99999365a": False,
    "٩٩٩٩٩٣٦٥٣": False,
    "": False,
}


@pytest.mark.parametrize("number", BSNS)
def test_eleven_test(number: str) -> None:
    assert bsn_is_valid(number) is BSNS[number]


def test_a_bsn_refuses_nonsense_and_shows_nothing() -> None:
    assert "999993653" not in repr(Bsn("999993653"))
    with pytest.raises(BsnRefused) as refused:
        Bsn("123456789")
    assert "123456789" not in str(refused.value)


def test_what_was_sealed_opens_again() -> None:
    assert SECRETS.open(SEALED, "party.identity") == b"999993653"


@pytest.mark.parametrize(
    ("sealed", "column", "secrets"),
    [
        (SEALED, "web_session.data", SECRETS),
        (SEALED, "party.identity", OTHER),
        (SEALED[:-1] + bytes([SEALED[-1] ^ 1]), "party.identity", SECRETS),
        (b"\x09" + SEALED[1:], "party.identity", SECRETS),
        (SEALED[:5], "party.identity", SECRETS),
        (b"", "party.identity", SECRETS),
    ],
    ids=["other column", "other secret", "changed", "other key", "cut off", "empty"],
)
def test_anything_else_does_not_open(sealed: bytes, column: str, secrets: Secrets) -> None:
    with pytest.raises(SealBroken):
        secrets.open(sealed, column)


def test_sealing_twice_differs_and_hides_the_value() -> None:
    assert SECRETS.seal(b"999993653", "a") != SECRETS.seal(b"999993653", "a")
    assert b"999993653" not in SEALED


def test_index_digest_and_link_use_keys_of_their_own() -> None:
    values = [SECRETS.index("x"), SECRETS.digest("x"), SECRETS.token_hash("x"), OTHER.index("x"), OTHER.digest("x")]
    assert len(set(values)) == len(values)
    assert {len(value) for value in values} == {64}
    assert SECRETS.index(" 999993653 ") == SECRETS.index("999993653")


def test_b7_a_link_token_has_256_bits_and_follows_from_its_salt() -> None:
    token = SECRETS.link_token(b"salt")
    assert len(base64.urlsafe_b64decode(token + "=")) * 8 == 256
    assert token == SECRETS.link_token(b"salt") != SECRETS.link_token(b"tlas") != OTHER.link_token(b"salt")


def test_any_text_can_be_looked_up_as_a_token() -> None:
    assert len(SECRETS.token_hash("\ud800ë\0")) == 64


def test_embedded_mode_keeps_one_secret_that_only_the_owner_reads(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "var")
    first = read_secret(settings)
    place = tmp_path / "var" / "secret"
    assert (first, len(first) >= 32) == (read_secret(settings), True)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [one.name for one in place.parent.iterdir()] == ["secret"]


def test_a_secret_of_the_settings_writes_no_file(tmp_path: Path) -> None:
    assert read_secret(Settings(data=tmp_path, secret="s" * 32)) == "s" * 32
    assert list(tmp_path.iterdir()) == []
