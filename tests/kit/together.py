"""How the files of tests are dealt out to the processes of -n: one by one, and those together that look at one demo, or break one
installation, so that it is started once.
"""

from typing import Any, Final

import pytest

TOGETHER: Final = ("tests/acceptance/", "tests/faults/")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling  # which need not be there without -n

    class TogetherScheduling(LoadFileScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return next((one for one in TOGETHER if nodeid.startswith(one)), super()._split_scope(nodeid))

    return TogetherScheduling(config, log)
