"""The words of an alarm (`Case.alarm`), and which of them goes when the case goes on.

An alarm stands until its cause is gone: a parked process runs again, the next step succeeds, the warning is sent, the page is
shown again, or what a process could not start is repaired by a new version. Nobody has to press anything for that: the clock tries
again by itself (processes.jobs.alarm_sweep).
"""

from typing import Final

PAGE_FAILED: Final = (
    "Een pagina van deze zaak kan niet worden getoond: iets in de zaak is niet te lezen. "
    "Zoek in het logboek naar nummer {number}."
)
OF_PAGE: Final = " Pagina: "  # behind the sentence, for a page of staff: its address, which holds no secret
WARNING_FAILED: Final = "Een waarschuwing voor een termijn in deze zaak lukte niet."


def page_failed(number: str, page: str) -> str:
    """A page that could not be shown; `page` is its address, or nothing for one whose address is a secret."""
    return f"{PAGE_FAILED.format(number=number)}{OF_PAGE}{page}" if page else PAGE_FAILED.format(number=number)


def is_about(alarm: str | None, page: str) -> bool:
    """Whether an alarm says of the page at this address that it could not be shown."""
    return bool(alarm) and str(alarm).endswith(f"{OF_PAGE}{page}")


def in_process(process: str, reason: str) -> str:
    """Something that failed in a process that had started: it keeps its version, so a new one does not repair it."""
    return f"Proces {process}: {reason}"


def cannot_start(process: str, reason: str = "") -> str:
    """A process that could not start; without a reason the beginning that every such alarm of this process has."""
    return f"Proces {process} kan niet beginnen: {reason}"


def cannot_follow(case_type: str, reason: str = "") -> str:
    """A case that could not begin where it follows on another; without a reason the beginning of every such alarm."""
    return f"De zaak '{case_type}' die hierop volgt, kan niet beginnen. {reason}"


def ends_with_a_step(alarm: str) -> bool:
    """Whether a step of the case that succeeds says that the cause is gone; a warning says nothing about steps."""
    return alarm != WARNING_FAILED
