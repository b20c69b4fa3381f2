"""Reads, separate from changes. Each takes its reader and gives frozen values that a page can show as they are."""
