"""What a fact is about: when it holds, where, and which indicator and unit it belongs to."""
