"""An nginx of our own that runs `docs/nginx.conf`: its own ports and folder, gone afterwards."""

import os
import re
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bench.rabbit import free_port
from kit.waiting import until

PROGRAM = Path("/usr/sbin/nginx")
MISSING = "nginx ontbreekt. Installeer het met: apt-get install --no-install-recommends nginx"
CONFIGURATION = Path(__file__).parents[2] / "docs" / "nginx.conf"
NAME = "zaken.example.org"
AROUND = """
{user}
daemon off;
pid {at}/pid;
error_log {at}/start.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {at}/body;
    proxy_temp_path {at}/proxy;
    fastcgi_temp_path {at}/fastcgi;
    uwsgi_temp_path {at}/uwsgi;
    scgi_temp_path {at}/scgi;
    include {at}/zaakspoor.conf;
}}
"""


@dataclass(frozen=True)
class Proxy:
    """`certificate` is a file by which a client knows this proxy; `folder` holds its logs."""

    https: int
    http: int
    certificate: Path
    folder: Path

    @property
    def logged(self) -> str:
        """All that it wrote in its logs so far."""
        return "".join(place.read_text() for place in self.folder.glob("zaakspoor*.log"))


@contextmanager
def nginx(folder: Path, web: int) -> Iterator[Proxy]:
    """Runs before the web process on port `web` of this machine."""
    if not PROGRAM.exists():
        raise RuntimeError(MISSING)
    made = Proxy(free_port(), free_port(), folder / "fullchain.pem", folder)
    _certificate(folder)
    (folder / "zaakspoor.conf").write_text(_here(CONFIGURATION.read_text(), made, web))
    around = AROUND.format(at=folder, user="user root;" if os.geteuid() == 0 else "")
    (folder / "nginx.conf").write_text(around)
    command = [PROGRAM, "-p", folder, "-e", folder / "start.log", "-c", folder / "nginx.conf"]
    with (folder / "words").open("wb") as words:
        process = subprocess.Popen(command, stdout=words, stderr=words)
        try:
            assert until(lambda: process.poll() is not None or _listens(made.https), 30)
            assert process.poll() is None, (folder / "words").read_text()
            yield made
        finally:
            process.terminate()
            process.wait(30)


def _here(text: str, made: Proxy, web: int) -> str:
    """The configuration with only ports and places changed."""
    places = {
        "127.0.0.1:8000": f"127.0.0.1:{web}",
        "/etc/ssl/zaakspoor": str(made.folder),
        "/var/log/nginx": str(made.folder),
    }
    for there, here in places.items():
        assert there in text
        text = text.replace(there, here)
    return re.sub(
        r"listen (443|80)\b", lambda found: f"listen 127.0.0.1:{made.https if found[1] == '443' else made.http}", text
    )


def _certificate(folder: Path) -> None:
    """A key, and a certificate of this name that it signed itself."""
    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(1)).not_valid_after(now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    plain = serialization.NoEncryption()
    pem, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "privkey.pem").write_bytes(key.private_bytes(pem, form, plain))
    (folder / "fullchain.pem").write_bytes(made.public_bytes(pem))


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
