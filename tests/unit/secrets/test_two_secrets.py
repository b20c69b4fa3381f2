"""An old and a new secret side by side, and values that open at their own place only."""

import hmac

import pytest

from processes.base.keys import CheckingKeys, keys_of
from processes.base.secrets import SealBroken, Secrets

OLD_SECRET = "het-geheim-van-vroeger-van-meer-dan-32-tekens"
NEW_SECRET = "het-geheim-van-morgen-van-meer-dan-32-tekens!"
OLD, NEW, BOTH = Secrets(OLD_SECRET), Secrets(NEW_SECRET), Secrets(NEW_SECRET, OLD_SECRET)
COLUMN = "party.identity"


def of_format_1(secret: str, plain: bytes, column: str) -> bytes:
    """As release 0.1 sealed: no key id, no row."""
    nonce = b"n" * 12
    return b"\x01" + nonce + keys_of(secret).sealing.encrypt(nonce, plain, column.encode())


def test_t5_what_the_old_secret_sealed_opens_while_both_are_known() -> None:
    assert BOTH.open(OLD.seal(b"999993653", COLUMN, 7), COLUMN, 7) == b"999993653"
    assert BOTH.open(of_format_1(OLD_SECRET, b"999993653", COLUMN), COLUMN, 7) == b"999993653"
    assert NEW.open(BOTH.seal(b"999993653", COLUMN, 7), COLUMN, 7) == b"999993653"


def test_t5_each_sealed_value_says_which_secret_sealed_it() -> None:
    ids = {secrets.seal(b"x", COLUMN)[1:5].hex(): secrets.key_id for secrets in (OLD, NEW)}
    assert ids == {OLD.key_id: OLD.key_id, NEW.key_id: NEW.key_id}
    assert (BOTH.key_id, BOTH.older_ids) == (NEW.key_id, (OLD.key_id,))
    assert [BOTH.is_current(one.seal(b"x", COLUMN)) for one in (OLD, NEW)] == [False, True]
    assert not NEW.is_current(of_format_1(NEW_SECRET, b"x", COLUMN))


@pytest.mark.parametrize(
    ("sealed", "row", "secrets"),
    [
        (BOTH.seal(b"x", COLUMN, 7), 8, BOTH),
        (BOTH.seal(b"x", COLUMN, 7), "", BOTH),
        (BOTH.seal(b"x", COLUMN), 7, BOTH),
        (BOTH.seal(b"x", "party.identity\x007"), "", BOTH),
        (OLD.seal(b"x", COLUMN, 7), 7, NEW),
        (b"\x01" + BOTH.seal(b"x", COLUMN, 7)[5:], 7, BOTH),
        (b"\x02" + bytes.fromhex(NEW.key_id) + of_format_1(NEW_SECRET, b"x", COLUMN)[1:], "", BOTH),
        (b"\x02" + OLD.seal(b"x", COLUMN, 7)[1:3], 7, BOTH),
    ],
    ids=["another row", "no row", "of no row", "a row in the column", "old secret gone", "called format 1",
         "called format 2", "cut off"],
)  # fmt: skip
def test_t5_a_value_that_was_moved_or_relabelled_does_not_open(sealed: bytes, row: object, secrets: Secrets) -> None:
    with pytest.raises(SealBroken):
        secrets.open(sealed, COLUMN, row)


def test_t5_after_a_reseal_a_value_that_is_bound_to_no_row_opens_no_more() -> None:
    after = Secrets(NEW_SECRET)
    sealed = of_format_1(NEW_SECRET, b"x", COLUMN)
    assert after.open(sealed, COLUMN, 7) == b"x"
    after.only_bound()
    with pytest.raises(SealBroken):
        after.open(sealed, COLUMN, 7)
    assert after.open(after.seal(b"x", COLUMN, 7), COLUMN, 7) == b"x"


def test_t5_indexes_digests_and_links_are_known_under_both_secrets() -> None:
    assert BOTH.indexes("bsn:999993653") == (NEW.index("bsn:999993653"), OLD.index("bsn:999993653"))
    assert BOTH.digests("x") == (NEW.digest("x"), OLD.digest("x"))
    assert BOTH.link_tokens(b"salt") == (NEW.link_token(b"salt"), OLD.link_token(b"salt"))
    assert (BOTH.index("x"), BOTH.digest("x"), BOTH.link_token(b"s")) == (
        NEW.index("x"), NEW.digest("x"), NEW.link_token(b"s"),
    )  # fmt: skip


def test_t5_signatures_of_every_secret_can_be_checked_and_the_current_one_signs() -> None:
    keys = BOTH.mac_keys("trail")
    assert list(keys) == [NEW.key_id, OLD.key_id]
    assert keys[OLD.key_id] == OLD.mac_keys("trail")[OLD.key_id] != OLD.mac_keys("other")[OLD.key_id]


def test_t5_a_secret_that_is_gone_leaves_keys_that_check_and_none_that_open() -> None:
    kept = CheckingKeys.unpacked(OLD.checking_keys()[0].packed())
    after = Secrets(NEW_SECRET)
    seen_before = after.mac_keys("trail")
    after.recall([kept])
    assert seen_before[OLD.key_id] == OLD.mac_keys("trail")[OLD.key_id]
    assert hmac.compare_digest(after.mac_keys("later")[OLD.key_id], OLD.mac_keys("later")[OLD.key_id])
    assert after.digests("x", retired=True) == (NEW.digest("x"), OLD.digest("x"))
    assert after.digests("x") == (NEW.digest("x"),)
    with pytest.raises(SealBroken):
        after.open(OLD.seal(b"x", COLUMN, 7), COLUMN, 7)


def test_t5_no_key_and_no_secret_shows_in_a_repr() -> None:
    shown = repr(BOTH) + repr(keys_of(OLD_SECRET)) + repr(BOTH.checking_keys())
    assert OLD_SECRET not in shown
    assert BOTH.checking_keys()[0].for_index.hex()[:8] not in shown
    assert repr(BOTH.checking_keys()[0].for_index)[2:10] not in shown
