"""The one way to change anything: lock the case, check the rule, write rows, step the engine, commit, ring."""
