"""Secrets: one master secret in, and out of it a key per purpose for sealing, indexing, digests, signatures and links.

Another secret may replace it while the old one is known beside it: see docs/operating.md, "Changing the secret".

BSN and KvK numbers are stored sealed (AES-GCM) and found through a keyed index; neither may stand in a log.
"""

import base64
import hashlib
import hmac
import os
import secrets as random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidTag

from processes.base.keys import KEY_BYTES, KEY_ID_BYTES, CheckingKeys, SecretKeys, keys_of
from processes.base.private_files import create_private, make_private_folder
from processes.base.settings import Settings

# the first byte of a sealed value is its format: 1 is bound to a column only, 2 names its key and is bound to the row too
UNBOUND = b"\x01"
BOUND = b"\x02"
NONCE_BYTES = 12
BSN_DIGITS = 9


class SealBroken(Exception):
    """Deze versleutelde waarde is veranderd, of hoort bij een andere sleutel."""


class BsnRefused(ValueError):
    """Dit is geen geldig burgerservicenummer."""


@dataclass(frozen=True, slots=True)
class Bsn:
    """A citizen service number that passed the eleven test. Its repr shows nothing, so that no log can hold it."""

    number: str = field(repr=False)

    def __post_init__(self) -> None:
        if not bsn_is_valid(self.number):
            raise BsnRefused("Dit is geen geldig burgerservicenummer.")


def bsn_is_valid(text: str) -> bool:
    """The eleven test: nine digits, weighed 9 to 2 and -1, give a multiple of eleven; all zeros is no number."""
    if len(text) != BSN_DIGITS or not (text.isascii() and text.isdigit()) or not int(text):
        return False
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    return sum(weight * int(digit) for weight, digit in zip(weights, text, strict=True)) % 11 == 0


class Secrets:
    """The secrets of an installation: the one that writes, and older ones that still open and find what they wrote.

    A value is sealed for its place: the table and column, and the row it stands in. Format 1, of before, knew no row; it is
    opened until `only_bound` says that every value was sealed again.
    """

    def __init__(self, secret: str, *older: str) -> None:
        if not secret:
            raise ValueError("a secret is needed")
        self._current = keys_of(secret)
        self._older = tuple(keys_of(one) for one in dict.fromkeys(older) if one and one != secret)
        self._by_id = {keys.id: keys for keys in (self._current, *self._older)}
        self._retired: tuple[CheckingKeys, ...] = ()
        self._only_bound = False
        self._mac_keys: dict[str, dict[str, bytes]] = {}

    def __repr__(self) -> str:
        return "Secrets(...)"

    # -- which secrets ---------------------------------------------------------------------------------------------

    @property
    def key_id(self) -> str:
        """The id of the secret that writes, 8 hexadecimal digits."""
        return self._current.checking.id

    @property
    def older_ids(self) -> tuple[str, ...]:
        """The ids of the older secrets; empty when only one is in use."""
        return tuple(keys.checking.id for keys in self._older)

    def only_bound(self) -> None:
        """From now on a value of format 1 does not open any more."""
        self._only_bound = True

    def recall(self, retired: Iterable[CheckingKeys]) -> None:
        """Take along the checking keys of secrets that are gone, so that old digests and signatures can be checked."""
        known = {bytes.hex(one) for one in self._by_id}
        self._retired = tuple(keys for keys in retired if keys.id not in known)
        for purpose in self._mac_keys:  # whoever holds such a mapping must see them too
            self._mac_keys[purpose].update({keys.id: keys.mac_key(purpose) for keys in self._retired})

    def checking_keys(self) -> tuple[CheckingKeys, ...]:
        """Those of every secret that is or was in use, the current one first."""
        return (self._current.checking, *(keys.checking for keys in self._older), *self._retired)

    # -- sealing ---------------------------------------------------------------------------------------------------

    def seal(self, plain: bytes, column: str, row: object = "") -> bytes:
        """Encrypt for one column, such as `party.identity`, and the row with this key: elsewhere it does not open."""
        return _sealed(self._current, plain, column, row)

    def open(self, sealed: bytes, column: str, row: object = "") -> bytes:
        """The plain value. Raises SealBroken when it was changed, moved, or sealed with a secret that is not known."""
        keys, body, place = self._opener(sealed, column, row)
        for one in keys:
            try:
                return one.sealing.decrypt(body[:NONCE_BYTES], body[NONCE_BYTES:], place)
            except (InvalidTag, ValueError):
                continue
        raise SealBroken

    def is_current(self, sealed: bytes) -> bool:
        """Whether it was sealed in the newest format, with the secret that writes. It may be broken all the same."""
        return sealed.startswith(BOUND + self._current.id)

    def seal_by_each(self, plain: bytes, column: str) -> dict[str, bytes]:
        """The same value sealed with each secret, by the id of the secret, which is also the row."""
        return {keys.checking.id: _sealed(keys, plain, column, keys.checking.id) for keys in self._by_id.values()}

    def _opener(self, sealed: bytes, column: str, row: object) -> tuple[Sequence[SecretKeys], bytes, bytes]:
        if sealed[:1] == UNBOUND and not self._only_bound:  # it does not say which secret
            return tuple(self._by_id.values()), sealed[1:], column.encode()
        keys = self._by_id.get(sealed[1 : 1 + KEY_ID_BYTES]) if sealed[:1] == BOUND else None
        if keys is None:
            raise SealBroken("Deze waarde is versleuteld met een onbekende sleutel.")
        return (keys,), sealed[1 + KEY_ID_BYTES :], _place(column, row)

    # -- finding and comparing -------------------------------------------------------------------------------------

    def index(self, value: str) -> str:
        """The keyed blind index of an identity, 64 hexadecimal digits: equal for equal values, tells nothing else."""
        return self._current.checking.index(value)

    def indexes(self, value: str) -> tuple[str, ...]:
        """The index under each secret, the current one first: under the others, rows may stand that were not sealed again."""
        return tuple(keys.checking.index(value) for keys in (self._current, *self._older))

    def digest(self, text: str) -> str:
        """The keyed digest that the audit trail holds in place of a name, 64 hexadecimal digits."""
        return self._current.checking.digest(text)

    def digests(self, text: str, *, retired: bool = False) -> tuple[str, ...]:
        """The digest under each secret, the current one first; with `retired` also under those that were replaced, for finding
        what the audit trail says of somebody.
        """
        keys = self.checking_keys() if retired else tuple(one.checking for one in (self._current, *self._older))
        return tuple(one.digest(text) for one in keys)

    def mac_keys(self, purpose: str) -> Mapping[str, bytes]:
        """The keys with which what serves one purpose is authenticated, by the id of their secret: of every secret that is or was
        in use, the current one first.
        """
        if purpose not in self._mac_keys:
            self._mac_keys[purpose] = {keys.id: keys.mac_key(purpose) for keys in self.checking_keys()}
        return self._mac_keys[purpose]

    # -- links -----------------------------------------------------------------------------------------------------

    def link_token(self, salt: bytes) -> str:
        """The token in a link: 256 bits that nobody can compute without the secret; only its hash is stored."""
        return _link_token(self._current, salt)

    def link_tokens(self, salt: bytes) -> tuple[str, ...]:
        """The token that each secret makes of this salt, that of the current one first."""
        return tuple(_link_token(keys, salt) for keys in (self._current, *self._older))

    def token_hash(self, token: str) -> str:
        """The hash that the database keeps of a token or cookie: 64 hexadecimal digits. Tokens are random: no key."""
        return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _sealed(keys: SecretKeys, plain: bytes, column: str, row: object) -> bytes:
    nonce = os.urandom(NONCE_BYTES)
    return BOUND + keys.id + nonce + keys.sealing.encrypt(nonce, plain, _place(column, row))


def _place(column: str, row: object) -> bytes:
    return f"{column}\0{row}".encode()  # format 1 has no such byte in its place, so neither passes for the other


def _link_token(keys: SecretKeys, salt: bytes) -> str:
    token = hmac.new(keys.for_link, salt, hashlib.sha256).digest()
    return base64.urlsafe_b64encode(token).decode().rstrip("=")


def secrets_of(settings: Settings) -> Secrets:
    """The secret of the settings with the older ones, which stand in `secret_old` with white space between them."""
    return Secrets(read_secret(settings), *settings.secret_old.split())


def read_secret(settings: Settings) -> str:
    """The secret of the settings, or in embedded mode the one kept in `data/secret` (made on first use, mode 0600)."""
    if settings.secret:
        return settings.secret
    place = settings.data / "secret"
    make_private_folder(place.parent)
    if not place.exists():
        _write_once(place, random.token_urlsafe(KEY_BYTES))
    return place.read_text()


def _write_once(place: Path, secret: str) -> None:
    # written aside and linked into place: two processes that start together read one and the same whole secret
    aside = place.with_name(f"secret.{os.getpid()}.new")
    with create_private(aside) as file:
        file.write(secret.encode())
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(aside, place)
    except FileExistsError:
        pass
    finally:
        aside.unlink()
