"""`python -m portal.commands` is the same as `zaakspoor`: for where the package is not installed, as in the image."""

from portal.commands import main

main()
