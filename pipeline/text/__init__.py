"""The text of a source: bytes to characters, one typography with the way back, sentences, and fast looking up of words."""
