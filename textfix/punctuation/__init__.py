"""The rules of punctuation: width, ellipses and dashes, doubled marks, brackets, quotes."""
