"""Our own keys: each a file with a private key and its certificate, of which the first signs and all decrypt.

To roll over, the new file is put second, the metadata are handed in, and when the provider has them it is put first.
"""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from portal.sign_on.errors import UnreadableFile
from portal.sign_on.saml.kept_files import as_it_is_now

SHORTEST: Final = 2048  # bits of an RSA key, as PKIoverheid asks


@dataclass(frozen=True, slots=True)
class OwnKey:
    """`name` is the SHA-256 of the certificate, by which the other side may name the key. The repr shows no private key."""

    name: str
    certificate_pem: bytes
    until: datetime
    private: RSAPrivateKey = field(repr=False)
    private_pem: bytes = field(repr=False)

    @property
    def certificate_text(self) -> str:
        """The certificate in base64, as it stands in metadata."""
        return "".join(self.certificate_pem.decode().splitlines()[1:-1])


def own_keys(places: Sequence[Path]) -> list[OwnKey]:
    """The keys of these files. Raises UnreadableFile."""
    return [as_it_is_now(place, read_key) for place in places]


def read_key(data: bytes) -> OwnKey:
    """The RSA key and the certificate in one PEM. Raises UnreadableFile, with what is wrong as its cause."""
    try:
        private = load_pem_private_key(data, password=None)
        certificate = x509.load_pem_x509_certificates(data)[0]
    except (ValueError, TypeError) as error:
        raise UnreadableFile from error
    if not isinstance(private, RSAPrivateKey) or private.key_size < SHORTEST:
        raise UnreadableFile from ValueError(f"moet een RSA-sleutel van minstens {SHORTEST} bits zijn")
    form = (Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if private.public_key().public_bytes(*form) != certificate.public_key().public_bytes(*form):
        raise UnreadableFile from ValueError("heeft een certificaat van een andere sleutel")
    return OwnKey(
        name=certificate.fingerprint(hashes.SHA256()).hex(),
        certificate_pem=certificate.public_bytes(Encoding.PEM),
        until=certificate.not_valid_after_utc,
        private=private,
        private_pem=private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
    )


def mutual_tls(certificate: Path, authorities: Path | None) -> ssl.SSLContext:
    """TLS in which we show a certificate too. `authorities`: whom we trust, else those of the system. Raises UnreadableFile."""
    try:
        context = ssl.create_default_context(cafile=str(authorities) if authorities else None)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        context.load_cert_chain(certificate)
    except (OSError, ssl.SSLError) as error:
        raise UnreadableFile from error
    return context
