"""One change of one case: the unit of work, and the locked case on its way through the engine."""
