"""The end of a case: listed when its term is over, proposed by one person and approved by another, destroyed, with proof."""
