"""Papers of tests: a small PDF, put in the store as an upload does."""

from processes.base.uploads import Upload
from processes.storage.services import Services

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
NO_FILE = [("files", ("", b"", "application/octet-stream"))]  # what a browser sends for a field without a file


def stored(services: Services, name: str = "besluit.pdf", content: bytes = PDF) -> Upload:
    """A file that is in the store and belongs to nothing yet."""
    return services.files.add(name, "application/pdf", [content])
