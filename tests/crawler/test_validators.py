from dataclasses import replace

from scrapy.http import Response

from cleaners import Article
from crawler.validators import NO_VALIDATORS, Validators
from tests.crawler.storing import a_fetch

CHANGED = "Mon, 03 Nov 2025 10:00:00 GMT"
BOTH = Validators('W/"a"', CHANGED)


def test_validators_are_taken_as_the_server_wrote_them() -> None:
    headers = {"ETag": 'W/"a"', "Last-Modified": CHANGED}
    assert Validators.of(Response("https://ex.com/", headers=headers)) == BOTH
    assert Validators.among([("etag", 'W/"a"'), ("LAST-MODIFIED", CHANGED)]) == BOTH


def test_server_without_marks_is_asked_for_all() -> None:
    assert Validators.of(Response("https://ex.com/")) == NO_VALIDATORS
    assert Validators.among([("Age", "1")]).headers() == {}


def test_marks_become_the_headers_of_a_question() -> None:
    assert BOTH.headers() == {
        "If-None-Match": b'W/"a"',
        "If-Modified-Since": CHANGED.encode(),
    }
    assert Validators(etag='"\u2603"').headers() == {"If-None-Match": b'"?"'}


def test_article_of_which_pages_are_missing_is_asked_for_whole() -> None:
    article = Article(url="https://ex.com/a", source="ex-com", title="", text="x")
    fetch = replace(a_fetch(article), headers=(("ETag", '"a"'),))
    assert fetch.validators == Validators('"a"')
    lacking = replace(fetch, outcome=replace(article, next_page="https://ex.com/a/2"))
    assert lacking.validators == NO_VALIDATORS
    assert replace(fetch, further=(fetch,)).validators == NO_VALIDATORS
