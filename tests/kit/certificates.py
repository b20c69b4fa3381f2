"""A certificate authority for tests, and servers on 127.0.0.1 that show one of its certificates."""

import ipaddress
import socket
import ssl
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = timedelta(days=1)
HERE = "127.0.0.1"


@dataclass(frozen=True)
class Certificate:
    """Files: the authority that signed it, and the certificate with its key."""

    authority: Path
    chain: Path

    def context(self) -> ssl.SSLContext:
        """For a server that shows it."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.chain)
        return context


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def certificate(folder: Path, name: str, *, host: str = HERE, expired: bool = False) -> Certificate:
    """By an authority of its own; `host` is a name or an address."""
    now = datetime.now(UTC)
    ends = now - DAY if expired else now + DAY
    key_of_authority, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())

    def begun(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        return (
            x509.CertificateBuilder().subject_name(subject).issuer_name(_name(f"proef {name}")).public_key(public)
            .serial_number(x509.random_serial_number()).not_valid_before(now - 3 * DAY).not_valid_after(ends)
        )  # fmt: skip

    usage = x509.KeyUsage(
        digital_signature=True, key_cert_sign=True, crl_sign=True, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    authority = (
        begun(_name(f"proef {name}"), key_of_authority.public_key())
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key_of_authority.public_key()), critical=False)
        .sign(key_of_authority, hashes.SHA256())
    )
    told: x509.GeneralName
    try:
        told = x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        told = x509.DNSName(host)
    leaf = (
        begun(_name(host), key.public_key())
        .add_extension(x509.SubjectAlternativeName([told]), critical=False)
        .add_extension(x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(key_of_authority.public_key()), critical=False
        )
        .sign(key_of_authority, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    made = Certificate(folder / f"{name}-ca.pem", folder / f"{name}.pem")
    made.authority.write_bytes(authority.public_bytes(pem))
    made.chain.write_bytes(
        leaf.public_bytes(pem) + key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return made


@dataclass
class Listener:
    """What a server heard after TLS was agreed: nothing, when its certificate was refused."""

    port: int = 0
    conversations: int = 0
    heard: list[bytes] = field(default_factory=list)


@contextmanager
def tls_listener(shown: Certificate, before: Callable[[socket.socket], None] | None = None) -> Iterator[Listener]:
    """A server that agrees on TLS and then only listens. `before` is what its protocol says first, in clear text."""
    context, told = shown.context(), Listener()
    with socket.create_server((HERE, 0)) as server:
        told.port = server.getsockname()[1]

        def serve() -> None:
            with suppress(OSError):
                while True:
                    visitor, _ = server.accept()
                    told.conversations += 1
                    with suppress(OSError), visitor:
                        visitor.settimeout(3)
                        if before is not None:
                            before(visitor)
                        with context.wrap_socket(visitor, server_side=True) as safe:
                            safe.settimeout(0.5)
                            told.heard.append(safe.recv(1024))

        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        try:
            yield told
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            serving.join(5)


class _WebServer(ThreadingHTTPServer):
    def handle_error(self, *about: Any) -> None:
        """A caller who breaks off, or whose certificate is refused, is no fault of the test."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(*about)


@contextmanager
def https_server(handler: type[BaseHTTPRequestHandler], chain: Path, clients: Path | None = None) -> Iterator[int]:
    """The port of a web server that shows this certificate. `clients`: the authority that must know every caller."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(chain)
    if clients is not None:
        context.load_verify_locations(clients)
        context.verify_mode = ssl.CERT_REQUIRED
    with _WebServer((HERE, 0), handler) as server:
        # by the thread of each caller: a browser opens connections on which it says nothing yet
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join(5)
