"""The end of a case: listed when its term is over, approved by a second person, destroyed for good, with proof."""
