"""The themes that come along, each a file as an administrator can save one: of municipalities that are plainly invented.

Themes of real municipalities are theirs: an organisation makes its own, and takes it along as a file.
"""

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from processes.house_style.package import Files, unpacked
from processes.house_style.style import HouseStyle

TITLES: Final[Mapping[str, str]] = MappingProxyType({"duinstede": "Duinstede", "lindewaard": "Lindewaard"})


@lru_cache(maxsize=4)
def theme(code: str) -> tuple[HouseStyle, Files]:
    """The theme with its files. Raises KeyError for a code that is not in TITLES."""
    _ = TITLES[code]
    return unpacked((Path(__file__).parent / f"{code}.json").read_bytes())
