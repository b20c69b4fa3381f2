"""Texts that belong to no case type, a module for each kind of reader."""
