"""How fast textfix is, beside its peers, on the same texts in the same process; and what it costs to start."""
