"""A copy of a document without names, remarks, bookmarks and files inside it, and the same to look at. It is no redaction."""

from processes.base.errors import ZaakspoorError
from processes.base.hidden_content import MOST_BYTES, cleaned
from processes.base.uploads import Upload
from processes.storage.services import Services


class NotCleaned(ZaakspoorError):
    """Van dit bestand kunnen wij geen schone kopie maken. Haal weg wat niet mee mag in het programma waarmee het is gemaakt, en voeg het als nieuwe versie toe."""

    status = 422


def clean_copy(services: Services, upload: Upload) -> Upload:
    """The copy, in the store and of no case yet. Raises NotCleaned, and whatever the store raises for a file that may not be read."""
    if upload.locked or upload.size > MOST_BYTES:
        raise NotCleaned
    made = cleaned(upload.name, b"".join(services.files.read(upload.blob, upload.file_key)))
    if made is None:
        raise NotCleaned
    return services.files.add(upload.name, upload.media_type, [made])
