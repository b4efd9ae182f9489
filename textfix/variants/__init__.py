"""Script variants: what OpenCC converts, what is in the target script already, and what became of each character."""
