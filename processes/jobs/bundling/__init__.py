"""A bundle of papers of a case: made by a worker into the file store, for who asked for it to fetch within a day."""

from processes.jobs.bundling.making import make_bundle

__all__ = ["make_bundle"]
