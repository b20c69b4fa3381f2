"""The words of an alarm (`Case.alarm`), and which of them goes when the case goes on.

An alarm stands until its cause is gone: a parked process runs again, the next step succeeds, the next warning is sent,
or what a process could not start is repaired by a new version.
"""

from typing import Final

PAGE_FAILED: Final = (
    "Een pagina van deze zaak kan niet worden getoond: iets in de zaak is niet te lezen. "
    "Zoek in het logboek naar nummer {number}."
)
WARNING_FAILED: Final = "Een waarschuwing voor een termijn in deze zaak lukte niet."


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
