"""The normalisation behind identifiers is frozen, and so are the characters that it takes from the vocabulary."""

from hashlib import sha256

from pipeline.knowledge import vocabulary
from pipeline.text.identity import digest, table_of


def test_the_characters_of_identifiers_are_those_of_the_first_version() -> None:
    """New characters go among the `variants`, which identifiers do not look at."""
    words = vocabulary("traditional")
    text = f"{''.join(words['traditional'])}|{''.join(words['simplified'])}"
    assert sha256(text.encode()).hexdigest()[:16] == "307f3e008475ea70"


def test_width_and_breaks_of_numbers_change_no_identifier() -> None:
    plain = "投资增长8.5%。"
    assert digest(plain, table_of(plain)) == digest("投资增长８.５％。", table_of(plain))
    assert digest(plain, table_of(plain)) != digest("投资增长8.6%。", table_of(plain))
