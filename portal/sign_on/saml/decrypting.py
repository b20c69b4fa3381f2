"""Encrypted identifiers and assertions, opened with our own keys.

The key of the content is wrapped by RSA-OAEP; the old padding of RSA is refused, because its errors tell an attacker too much. The content
is AES-GCM. DigiD and eHerkenning prescribe AES-CBC: that one is opened only where the caller has verified a signature around it,
because it does not notice changes itself. Source: XML Encryption 1.1; SAML 2.0 errata 05, E43 (several receivers).
"""

from base64 import b64decode
from collections.abc import Iterator, Sequence
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from lxml import etree

from portal.sign_on.errors import SamlRefused
from portal.sign_on.saml.documents import NS, Element, at_most_one, one, parse, tag, text_of
from portal.sign_on.saml.own_keys import OwnKey

MGF1_SHA1: Final = f"{NS['xenc']}rsa-oaep-mgf1p"
OAEP_ANY: Final = f"{NS['xenc11']}rsa-oaep"
DIGESTS: Final[dict[str, hashes.HashAlgorithm]] = {
    # as part of OAEP it needs no resistance against collisions, and it is what the older name of OAEP means
    f"{NS['ds']}sha1": hashes.SHA1(),  # noqa: S303
    f"{NS['xenc']}sha256": hashes.SHA256(),
    f"{NS['xenc']}sha512": hashes.SHA512(),
}
MASKS: Final[dict[str, hashes.HashAlgorithm]] = {
    f"{NS['xenc11']}mgf1sha1": hashes.SHA1(),  # noqa: S303 - as above
    f"{NS['xenc11']}mgf1sha256": hashes.SHA256(),
    f"{NS['xenc11']}mgf1sha512": hashes.SHA512(),
}
GCM: Final = {f"{NS['xenc11']}aes{bits}-gcm": bits // 8 for bits in (128, 256)}
CHAINED: Final = {f"{NS['xenc']}aes{bits}-cbc": bits // 8 for bits in (128, 256)}
NONCE, BLOCK = 12, 16  # bytes


def decrypted(element: Element, keys: Sequence[OwnKey], receiver: str, *, inside_signature: bool) -> Element | None:
    """The element in a `saml:EncryptedID` or `saml:EncryptedAssertion`; None when it was encrypted for others than `receiver`.

    Raises SamlRefused for what is for us and cannot be opened, or is encrypted in a way that is not safe.
    """
    data = one(element, "xenc:EncryptedData")
    wrapped = [key for key in element.iter(tag("xenc:EncryptedKey")) if key.get("Recipient") in {None, receiver}]
    if not wrapped:
        return None
    method = _algorithm(data)
    sizes = GCM | (CHAINED if inside_signature else {})
    if method not in sizes:
        raise SamlRefused("encryption_method")
    for secret in _secrets(wrapped, keys):
        if len(secret) == sizes[method] and (opened := _opened(method, secret, _cipher_value(data))) is not None:
            return _in_context(data, opened)
    raise SamlRefused("decryption")


def _algorithm(element: Element) -> str:
    return one(element, "xenc:EncryptionMethod").get("Algorithm", "")


def _cipher_value(element: Element) -> bytes:
    value = one(one(element, "xenc:CipherData"), "xenc:CipherValue")
    try:
        return b64decode(text_of(value))
    except ValueError as error:
        raise SamlRefused("decryption") from error


def _secrets(wrapped: Sequence[Element], keys: Sequence[OwnKey]) -> Iterator[bytes]:
    """The keys of the content that one of our keys opens: it may have been wrapped for each of them."""
    for each in wrapped:
        padding_of_key = _oaep(one(each, "xenc:EncryptionMethod"))
        for key in keys:
            try:
                yield key.private.decrypt(_cipher_value(each), padding_of_key)
            except ValueError:
                continue


def _oaep(method: Element) -> OAEP:
    algorithm = method.get("Algorithm", "")
    digest_given = at_most_one(method, "ds:DigestMethod")
    digest = DIGESTS.get(digest_given.get("Algorithm", "") if digest_given is not None else f"{NS['ds']}sha1")
    mask_given = at_most_one(method, "xenc11:MGF")
    mask = MASKS.get(mask_given.get("Algorithm", "") if mask_given is not None else f"{NS['xenc11']}mgf1sha1")
    older = algorithm == MGF1_SHA1 and mask_given is None
    if not (older or algorithm == OAEP_ANY) or digest is None or mask is None:
        raise SamlRefused("key_encryption")
    return OAEP(MGF1(mask), digest, None)


def _opened(method: str, secret: bytes, content: bytes) -> bytes | None:
    """None when the content is not of this key."""
    try:
        if method in GCM:
            return AESGCM(secret).decrypt(content[:NONCE], content[NONCE:], None)
        begun = Cipher(AES(secret), CBC(content[:BLOCK])).decryptor()
        padded = begun.update(content[BLOCK:]) + begun.finalize()
    except (InvalidTag, ValueError):
        return None
    return _without_padding(padded)


def _without_padding(padded: bytes) -> bytes | None:
    """XML Encryption says only of the last byte how much was added; the library for PKCS7 would look at all of it."""
    added = padded[-1] if padded else 0
    return padded[:-added] if 1 <= added <= BLOCK else None


def _in_context(data: Element, content: bytes) -> Element:
    """The one element in the content. A sender may leave out the names that were declared around it."""
    names: Any = data.nsmap  # the stubs of lxml take no name without a prefix
    around = etree.Element("around", nsmap=names)
    start, end = etree.tostring(around)[:-2], b"</around>"
    opened = parse(start + b">" + _without_declaration(content) + end)
    if len(opened) != 1:
        raise SamlRefused("decrypted_content")
    return parse(etree.tostring(opened[0], with_tail=False))


def _without_declaration(content: bytes) -> bytes:
    return content.partition(b"?>")[2] if content.startswith(b"<?xml") else content
