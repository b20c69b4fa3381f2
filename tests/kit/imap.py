"""A real IMAP server (dovecot) as an ordinary user on free ports of 127.0.0.1, in a folder of its own that goes afterwards."""

import grp
import os
import shutil
import ssl
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from imapclient import IMAPClient

from bench.rabbit import free_port
from kit.certificates import HERE, certificate
from kit.owned_program import OwnedProgram, owner

PROGRAM = Path("/usr/sbin/dovecot")
MISSING = "dovecot ontbreekt. Installeer het met: apt-get install --no-install-recommends dovecot-imapd"
USER, WORD, FOLDER = "terug@zaken.example", "een woord/met #tekens", "Terug"
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {at}/run
state_dir = {at}/state
log_path = {at}/log
instance_name = proef
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
first_valid_uid = 1
mail_location = maildir:{at}/mail
ssl = yes
ssl_cert = <{at}/server.pem
ssl_key = <{at}/server.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = no
auth_failure_delay = 0
login_trusted_networks = 127.0.0.1
passdb {{
  driver = passwd-file
  args = {at}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={at}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


@dataclass
class ImapServer(OwnedProgram):
    """`authority`: a file by which a client knows its certificate. Mail lies in the folder FOLDER."""

    folder: Path
    plain: int
    tls: int

    @property
    def authority(self) -> Path:
        return self.folder / "server-ca.pem"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def address(self, *, scheme: str = "imaps", word: str = WORD, folder: str = FOLDER) -> str:
        port = self.tls if scheme == "imaps" else self.plain
        return f"{scheme}://{quote(USER, safe='')}:{quote(word, safe='')}@{HERE}:{port}/{folder}"

    @contextmanager
    def client(self) -> Iterator[IMAPClient]:
        """Somebody who sees the mailbox past the program; the folder is selected."""
        context = ssl.create_default_context(cafile=str(self.authority))
        with IMAPClient(HERE, port=self.tls, ssl_context=context, timeout=20) as client:
            client.login(USER, WORD)
            client.select_folder(FOLDER)
            yield client

    def receive(self, *mails: bytes, at: datetime | None = None) -> None:
        with self.client() as client:
            for mail in mails:
                client.append(FOLDER, mail.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), msg_time=at)

    def empty(self) -> None:
        """A new folder under the same name: its UIDs count anew, under another UIDVALIDITY."""
        with self.client() as client:
            client.close_folder()
            client.delete_folder(FOLDER)
            client.create_folder(FOLDER)

    def count(self) -> int:
        with self.client() as client:
            return len(client.search("ALL"))

    def _command(self) -> list[str]:
        return [str(PROGRAM), "-F", "-c", str(self.folder / "dovecot.conf")]

    def _answers(self) -> bool:
        with suppress(OSError):
            IMAPClient(HERE, port=self.plain, ssl=False, timeout=5).logout()
            return True
        return False


@contextmanager
def dovecot() -> Iterator[ImapServer]:
    if not PROGRAM.exists():
        raise RuntimeError(MISSING)
    folder = Path(tempfile.mkdtemp(prefix="zs-imap-"))  # short: the path of a socket may have 107 characters
    server = ImapServer(folder, free_port(), free_port())
    try:
        _prepare(server)
        server.start()
        with IMAPClient(HERE, port=server.plain, ssl=False, timeout=20) as client:
            client.login(USER, WORD)
            client.create_folder(FOLDER)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _prepare(server: ImapServer) -> None:
    certificate(server.folder, "server")
    user = owner()
    told = {"user": user.pw_name, "uid": user.pw_uid, "gid": user.pw_gid, "group": grp.getgrgid(user.pw_gid).gr_name}
    made = CONFIGURATION.format(at=server.folder, plain=server.plain, tls=server.tls, **told)
    (server.folder / "dovecot.conf").write_text(made)
    (server.folder / "users").write_text(f"{USER}:{{PLAIN}}{WORD}::::::\n")
    if os.geteuid() == 0:
        for place in (server.folder, *server.folder.iterdir()):
            os.chown(place, user.pw_uid, user.pw_gid)
