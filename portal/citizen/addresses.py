"""The forms of ids in an address of /mijn: anything else names nothing that exists, and never reaches the database."""

from typing import Annotated

from fastapi import Path

LARGEST_ID = 2**63 - 1  # a larger number does not fit in a row id

CaseNumber = Annotated[str, Path(pattern=r"^[\w.-]{1,40}$")]
TaskId = Annotated[str, Path(pattern=r"^[\w-]{1,64}$")]
DocumentId = Annotated[str, Path(pattern=r"^[0-9A-Za-z]{1,32}$")]
FiledId = Annotated[str, Path(pattern=r"^[0-9a-f]{1,32}$")]
NoticeId = Annotated[int, Path(ge=1, le=LARGEST_ID)]
CaseTypeCode = Annotated[str, Path(pattern=r"^[\w-]{1,80}$")]
