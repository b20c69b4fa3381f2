"""W15: the page of the figures says which cases it counts, and that those that were destroyed are not among them."""

import pytest
from kit.browser import Browser
from kit.people import LIES

# nothing here depends on the database
pytestmark = pytest.mark.parametrize("kind_of_database", ["sqlite"], indirect=True)


def test_w15_the_page_says_that_destroyed_cases_do_not_count(services) -> None:
    page = Browser(services, LIES).get("/werk/cijfers")
    assert "De cijfers tellen alle zaken, ook zaken die u niet mag openen." in page
    assert "Zaken die zijn vernietigd, tellen niet mee" in page
