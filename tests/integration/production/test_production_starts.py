"""A whole installation of production on this machine: checked, migrated, started, and refused when one setting is off (T6)."""

import http.server
import json
import os
import socket
import ssl
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from kit.certificates import HERE, certificate
from kit.production import safe_environment

from bench.rabbit import free_port
from processes.base.settings import read_settings
from processes.jobs.connections import NoConnection, try_database

ROOT = Path(__file__).parents[3]


class Providers(http.server.BaseHTTPRequestHandler):
    """Two providers of sign-in, which only tell of themselves."""

    def do_GET(self) -> None:
        base = f"https://{HERE}:{self.server.server_port}/{self.path.split('/')[1]}"
        about = {"issuer": base, "jwks_uri": f"{base}/keys", "token_endpoint": base, "authorization_endpoint": base}
        told = json.dumps({"keys": [{}]} if self.path.endswith("/keys") else about).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class OverTls(Controller):
    """A mail server that speaks TLS from the start, on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        safe = ssl.create_default_context()
        with (
            socket.create_connection((HERE, self.port), 5) as plain,
            safe.wrap_socket(plain, server_hostname=HERE) as one,
        ):
            one.recv(100)


@pytest.fixture
def environment(tmp_path: Path, empty_database: str) -> Iterator[dict[str, str]]:
    """Everything that production needs, with certificates of an authority that is trusted here."""
    shown = certificate(tmp_path, "hier")
    os.environ["SSL_CERT_FILE"] = str(shown.authority)  # the first conversation of the mail server is with itself
    mail = OverTls(object(), hostname=HERE, port=0, ssl_context=shown.context())
    mail.start()
    providers = http.server.ThreadingHTTPServer((HERE, 0), Providers)
    providers.socket = shown.context().wrap_socket(providers.socket, server_side=True)
    threading.Thread(target=providers.serve_forever, daemon=True).start()
    issuer = f"https://{HERE}:{providers.server_port}"
    try:
        yield {
            "PATH": os.environ["PATH"], "SSL_CERT_FILE": str(shown.authority), "LANG": "C.UTF-8", "COLUMNS": "300",
            **safe_environment(
                tmp_path / "data", DATABASE=empty_database, BROKER="embedded", SMTP=f"smtps://{HERE}:{mail.port}",
                OIDC_CITIZEN_ISSUER=f"{issuer}/inwoners", OIDC_STAFF_ISSUER=f"{issuer}/medewerkers",
            ),
        }  # fmt: skip
    finally:
        providers.shutdown()
        providers.server_close()
        mail.stop()
        del os.environ["SSL_CERT_FILE"]


def run(environment: dict[str, str], *words: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "portal.commands", *words]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("empty_database", ["postgres"], indirect=True)
def test_t6_production_is_checked_migrated_and_started(environment: dict[str, str]) -> None:
    with pytest.raises(NoConnection, match="maar met een ander schema dan dit programma"):
        try_database(read_settings(environment))
    assert run(environment, "migrate") == (0, "De database is bij.\n")
    code, words = run(environment, "check")
    assert (code, words.splitlines()[-1]) == (0, "Alles klopt."), words
    assert "ZAAKSPOOR_DATABASE: PostgreSQL" in words
    assert "ZAAKSPOOR_SMTP: De mailserver antwoordt (250), versleuteld." in words
    assert words.count("De inlogdienst antwoordt, met 1 sleutels.") == 2
    assert _answers(environment) == {"/healthz": 200, "/.well-known/security.txt": 200}


def _answers(environment: dict[str, str]) -> dict[str, int]:
    """What a web process of this installation answers."""
    port = free_port()
    command = [sys.executable, "-m", "portal.commands", "web", "--port", str(port)]
    web = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end and web.poll() is None:
            try:
                return {path: _status(port, path) for path in ("/healthz", "/.well-known/security.txt")}
            except OSError:
                time.sleep(0.1)
        web.kill()
        raise AssertionError(web.communicate()[0].decode())
    finally:
        web.terminate()
        web.communicate(timeout=30)


def _status(port: int, path: str) -> int:
    asked = urllib.request.Request(f"http://{HERE}:{port}{path}", headers={"Host": "zaken.example.org"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        return answer.status
