"""The same installation as a process with other secrets sees it."""

from dataclasses import replace
from pathlib import Path

from processes.base.secrets import Secrets
from processes.storage.files import FileStore
from processes.storage.services import Services

OLDER_SECRET = "een-geheim-van-nog-vroeger-alleen-voor-proeven"
NEWER_SECRET = "een-geheim-voor-daarna-alleen-voor-proeven-hoor"


def under(services: Services, secret: str, *older: str, encrypt_files: bool | None = None) -> Services:
    """As after a restart with this secret, and these older ones beside it."""
    encrypt = services.settings.encrypt_files if encrypt_files is None else encrypt_files
    settings = replace(services.settings, secret=secret, secret_old=" ".join(older), encrypt_files=encrypt)
    secrets = Secrets(secret, *older)
    files = FileStore(settings.files, Path(settings.data) / "incoming", secrets, encrypt=encrypt)
    return replace(services, settings=settings, secrets=secrets, files=files)
