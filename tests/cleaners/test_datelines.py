import pytest

from cleaners.datelines import parted


@pytest.mark.parametrize(
    ("glued", "text"),
    [
        ("(CNN)The boat sailed.", "(CNN) The boat sailed."),
        ("Quay Bay (CNN Business)The boat sailed.", "Quay Bay (CNN Business) The boat sailed."),
        ("Берн (ТАСС)Паром ушёл.", "Берн (ТАСС) Паром ушёл."),
        ("OSLO (AP)“The boat sailed.”", "OSLO (AP) “The boat sailed.”"),
    ],
)
def test_space_comes_behind_a_dateline_that_is_glued_to_its_text(glued: str, text: str) -> None:
    assert parted(glued) == text


@pytest.mark.parametrize(
    "text",
    [
        "OSLO (AP) – The boat sailed.",
        "The boat (a ferry) sailed.",
        "The boat(s) sailed.",
        "The boat sailed.",
        "",
    ],
)
def test_other_text_stays(text: str) -> None:
    assert parted(text) == text
