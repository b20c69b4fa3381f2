"""The folder of the case types that the demo deploys: beside the packages, in `bpmn/`."""

from pathlib import Path

CASE_TYPES = Path(__file__).parents[2] / "bpmn"
