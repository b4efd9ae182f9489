"""Telling what bytes a garbled text was before it was read in the wrong encoding, and whether that can be proven."""
