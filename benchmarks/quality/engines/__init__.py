"""Typesetting engines: each turns blocks into a PDF and says which furniture it drew on which page."""
