"""What textfix changes in text that nobody damaged: documentation, and prose in four languages."""
