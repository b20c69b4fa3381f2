"""The bytes of a file that a page reads itself, in the request that brought it, and shows to nobody: a drawing, a list, a logo."""

from typing import Final

from processes.base.errors import HoldsVirus, Invalid
from processes.base.uploads import HOLDS_VIRUS, Upload
from processes.storage.clamd import ScannerTrouble
from processes.storage.file_scans import scan_now
from processes.storage.services import Services

NO_SCAN: Final = "Wij kunnen dit bestand nu niet op virussen controleren. Probeer het later opnieuw."


def read_now(services: Services, upload: Upload, field: str = "file") -> bytes:
    """Scanned first, where there is a scanner. Raises Invalid at the field."""
    try:
        scan_now(services, upload)
    except HoldsVirus as error:
        raise Invalid({field: HOLDS_VIRUS.format(name=upload.name)}) from error
    except ScannerTrouble as error:
        raise Invalid({field: NO_SCAN}) from error
    return b"".join(services.files.read(upload.blob, upload.file_key))
