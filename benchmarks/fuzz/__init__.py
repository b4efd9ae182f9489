"""Random text through every normalizer, preset and markup, and how the time grows on text made to be slow."""
