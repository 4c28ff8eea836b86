import asyncio
import datetime as dt
from collections.abc import Iterator

import pytest

from cleaners import Article, CleaningError, NoContentError
from crawler.errors import ExtractionCrashError, ExtractionTimeoutError
from crawler.extraction import Extraction, clean_page
from crawler.processes import Limits
from tests.crawler import cleaner_faults

URL = "https://ex.com/1"
NOW = dt.datetime(2025, 11, 3, tzinfo=dt.UTC)
LIMITS = Limits(processes=1, timeout=60, memory=2048)
PAGE = b"<html><body><article><h1>Tram</h1>%s</article></body></html>" % (
    b"<p>The tram runs again after a long winter, and the town is glad of it.</p>" * 5
)


@pytest.fixture(scope="module")
def extraction() -> Iterator[Extraction]:
    made = Extraction(LIMITS, cleaner_faults.clean)
    yield made
    made.close()


def outcomes(extraction: Extraction, *pages: bytes) -> list[Article | CleaningError]:
    async def clean_all() -> list[Article | CleaningError]:
        return await asyncio.gather(*(extraction.clean(page, URL, NOW) for page in pages))

    return asyncio.run(clean_all())


def test_article_comes_back_from_the_process(extraction: Extraction) -> None:
    [article] = outcomes(extraction, b"text")
    assert isinstance(article, Article)
    assert article.text == "b'text'"


def test_refusal_comes_back_as_itself(extraction: Extraction) -> None:
    [error] = outcomes(extraction, b"refuse")
    assert type(error) is NoContentError
    assert str(error) == f"nothing: {URL}"


def test_crash_costs_its_page_alone(extraction: Extraction) -> None:
    crash, article = outcomes(extraction, b"crash", b"text")
    assert isinstance(crash, ExtractionCrashError)
    assert URL in str(crash)
    assert isinstance(article, Article)


def test_page_that_needs_too_much_memory_is_refused(extraction: Extraction) -> None:
    grown, article = outcomes(extraction, b"grow", b"text")
    assert isinstance(grown, ExtractionCrashError)
    assert isinstance(article, Article)


def test_bug_in_the_cleaners_is_raised(extraction: Extraction) -> None:
    with pytest.raises(ZeroDivisionError, match="a bug"):
        outcomes(extraction, b"bug")


def test_hang_ends_with_the_time_limit_and_costs_its_page_alone() -> None:
    impatient = Extraction(Limits(processes=1, timeout=0.2, memory=2048), cleaner_faults.clean)
    hang, article = outcomes(impatient, b"hang", b"text")
    impatient.close()
    assert isinstance(hang, ExtractionTimeoutError)
    assert isinstance(article, Article)


def test_pool_that_never_started_closes() -> None:
    Extraction(LIMITS).close()


def test_pages_are_cleaned_with_the_projects_cleaners() -> None:
    assert "The tram runs again" in clean_page(PAGE, URL, NOW).text
