"""RSA keys and certificates for tests of SAML: an authority, and whom it knows, as one PEM each."""

import ipaddress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from kit.certificates import DAY, HERE


@cache
def rsa_key(number: int, bits: int = 2048) -> rsa.RSAPrivateKey:
    """The same key for the same number in one run: making one takes long."""
    del number
    return rsa.generate_private_key(65537, bits)


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


@dataclass
class Authority:
    """`place` is the file with its certificate. Each `issue` is a new number of a key."""

    folder: Path
    name: str = "proef"
    first: int = 0
    issued: int = field(default=0)

    @property
    def place(self) -> Path:
        place = self.folder / f"{self.name}-ca.pem"
        if not place.exists():
            place.write_bytes(self._made(self.name, rsa_key(self.first), own=True).public_bytes(Encoding.PEM))
        return place

    def issue(self, name: str, *, bits: int = 2048, ends: timedelta = DAY) -> Path:
        """A file with a private key and its certificate, for a server and a client on this machine."""
        self.issued += 1
        key = rsa_key(self.first + self.issued, bits)
        place = self.folder / f"{self.name}-{name}.pem"
        place.write_bytes(
            key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            + self._made(name, key, ends=ends).public_bytes(Encoding.PEM)
        )
        return place

    def _made(self, name: str, key: rsa.RSAPrivateKey, *, own: bool = False, ends: timedelta = DAY) -> x509.Certificate:
        now, signer = datetime.now(UTC), rsa_key(self.first)
        made = (
            x509.CertificateBuilder().subject_name(_name(name)).issuer_name(_name(self.name)).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - 3 * DAY).not_valid_after(now + ends)
            .add_extension(x509.BasicConstraints(ca=own, path_length=None), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
        )  # fmt: skip
        if own:
            usage = x509.KeyUsage(
                digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
                data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
            )  # fmt: skip
            made = made.add_extension(usage, critical=True)
        else:
            here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))])
            both = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH, ExtendedKeyUsageOID.CLIENT_AUTH])
            made = made.add_extension(here, critical=False).add_extension(both, critical=False)
        return made.sign(signer, hashes.SHA256())


def certificate_in(place: Path) -> str:
    """The certificate of a file, as PEM."""
    return "-----BEGIN CERTIFICATE-----" + place.read_text().partition("-----BEGIN CERTIFICATE-----")[2]
