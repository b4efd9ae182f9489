"""Bytes in, bytes out: finding encodings, reading files, writing them back atomically."""

from textfix.io.decoding import BinaryError, Decoded, DecodeError, EncodeError, decode, encode

__all__ = ["BinaryError", "DecodeError", "Decoded", "EncodeError", "decode", "encode"]
