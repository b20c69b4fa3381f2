"""Whoever shows a certificate that is not theirs hears nothing of us, on no connection and in no installation (T6)."""

import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from kit.certificates import HERE, Certificate, Listener, certificate, tls_listener

from portal.sign_on.reachable import try_staff
from processes.base.settings import Settings
from processes.jobs.connections import NoConnection, try_broker, try_database, try_files, try_mail

TRIES = {"tries": 0, "let in": 0}


def postgres_agrees_to_tls(visitor: socket.socket) -> None:
    assert visitor.recv(8)[4:] == (80877103).to_bytes(4, "big")  # SSLRequest
    visitor.sendall(b"S")


def starttls_is_offered(visitor: socket.socket) -> None:
    visitor.sendall(b"220 mail\r\n")
    visitor.recv(1024)
    visitor.sendall(b"250-mail\r\n250 STARTTLS\r\n")
    visitor.recv(1024)
    visitor.sendall(b"220 begin\r\n")


CLIENTS: dict[str, tuple[Callable[[Settings], str], str, Callable[[socket.socket], None] | None]] = {
    "smtps": (try_mail, "smtps://127.0.0.1:{port}", None),
    "starttls": (try_mail, "smtp://127.0.0.1:{port}?starttls=on", starttls_is_offered),
    "amqps": (try_broker, "amqps://zaken:geheim@127.0.0.1:{port}", None),
    "database": (
        try_database,
        "postgresql+psycopg://zaken:geheim@127.0.0.1:{port}/zaken?sslmode=verify-full&sslrootcert={authority}",
        postgres_agrees_to_tls,
    ),
    "s3": (try_files, "s3://zaken", None),
    "oidc": (try_staff, "https://127.0.0.1:{port}", None),
}
SETTING = {"smtps": "smtp", "starttls": "smtp", "amqps": "broker", "database": "database", "s3": "files"}


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Certificate]:
    folder = tmp_path_factory.mktemp("certificates")
    return {
        "trusted": certificate(folder, "trusted"),
        "by another authority": certificate(folder, "strange"),
        "of another host": certificate(folder, "other", host="mail.example.org"),
        "of another address": certificate(folder, "address", host="127.0.0.2"),
        "expired": certificate(folder, "expired", expired=True),
    }


@pytest.fixture(autouse=True, scope="module")
def told() -> Iterator[None]:
    yield
    print(f"\ncertificates: {TRIES['tries']} tries, {TRIES['let in']} let in")  # noqa: T201
    assert TRIES["tries"] == len(CLIENTS) * 4
    assert TRIES["let in"] == 0


def settings_for(kind: str, listener: Listener, authority: Path, folder: Path, patch: pytest.MonkeyPatch) -> Settings:
    """That go to the listener; only `authority` is trusted."""
    patch.setenv("SSL_CERT_FILE", str(authority))
    patch.setenv("AWS_ENDPOINT", f"https://{HERE}:{listener.port}")
    patch.setenv("AWS_ALLOW_HTTP", "true")
    patch.setenv("AWS_ACCESS_KEY_ID", "naam")
    patch.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
    address = CLIENTS[kind][1].format(port=listener.port, authority=authority)
    if kind == "oidc":
        return Settings(data=folder, oidc={"staff_issuer": address})
    return Settings(data=folder, **{SETTING[kind]: address})  # type: ignore[arg-type]


@pytest.mark.parametrize("shown", ["by another authority", "of another host", "of another address", "expired"])
@pytest.mark.parametrize("kind", CLIENTS)
def test_t6_a_certificate_that_is_not_theirs_is_refused_outside_production_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: dict[str, Certificate], kind: str, shown: str
) -> None:
    trying, _, before = CLIENTS[kind]
    wrong = certificates[shown]
    trusted = certificates["trusted"] if shown == "by another authority" else wrong
    TRIES["tries"] += 1
    with tls_listener(wrong, before) as listener:
        settings = settings_for(kind, listener, trusted.authority, tmp_path, monkeypatch)
        with pytest.raises(NoConnection) as refused:
            trying(settings)
    TRIES["let in"] += bool(b"".join(listener.heard))
    assert listener.conversations > 0
    assert b"".join(listener.heard) == b""
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("kind", CLIENTS)
def test_t6_one_that_is_theirs_is_accepted_so_that_the_refusals_above_say_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, certificates: dict[str, Certificate], kind: str
) -> None:
    trying, _, before = CLIENTS[kind]
    right = certificates["trusted"]
    with tls_listener(right, before) as listener:
        settings = settings_for(kind, listener, right.authority, tmp_path, monkeypatch)
        with pytest.raises(NoConnection):  # the listener says nothing more
            trying(settings)
    assert any(listener.heard) or kind == "smtps"  # there the server speaks first
    assert listener.conversations > 0
