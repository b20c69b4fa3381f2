"""The package with all data of one person: made by a worker into the file store, for the officer who asked for it to review."""

from processes.jobs.person_package.making import make_person_package

__all__ = ["make_person_package"]
