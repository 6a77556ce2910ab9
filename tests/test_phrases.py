"""Many phrases as one pattern."""

import re
from time import process_time

import pytest

from binhdang.reference.doing_words import DOING_WORDS
from binhdang.vietnamese.phrases import any_of

PHRASES = ["tổ chức", "tổng hợp", "tổng kết", "theo", "theo dõi", "in", "in ấn", "a.b"]


@pytest.mark.parametrize("phrase", PHRASES)
def test_each_phrase_matches_whole(phrase: str) -> None:
    assert re.fullmatch(any_of(PHRASES), phrase)


@pytest.mark.parametrize("words", ["tổ", "tổng", "the", "axb", "theo dõ", ""])
def test_nothing_else_matches(words: str) -> None:
    assert re.fullmatch(any_of(PHRASES), words) is None


def test_the_longest_phrase_wins() -> None:
    found = re.match(any_of(PHRASES), "theo dõi việc thực hiện")
    assert found is not None
    assert found.group() == "theo dõi"


def test_marks_are_letters() -> None:
    assert re.fullmatch(any_of(["a.b", "a|b"]), "a|b")
    assert re.fullmatch(any_of(["a.b", "a|b"]), "acb") is None


def test_it_stands_inside_a_larger_pattern() -> None:
    assert re.fullmatch(f"x{any_of(['a', 'ab'])}y", "xaby")


def test_the_doing_words_are_lower_case_phrases_each_found() -> None:
    pattern = re.compile(any_of(DOING_WORDS))
    for word in DOING_WORDS:
        assert word == word.lower().strip()
        assert pattern.fullmatch(word)


def test_long_words_take_no_time() -> None:
    pattern = re.compile(any_of(DOING_WORDS))
    began = process_time()
    assert pattern.search("t" * 500_000) is None
    assert process_time() - began < 0.5
