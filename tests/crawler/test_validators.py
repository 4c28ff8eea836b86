from scrapy.http import Response

from crawler.validators import NO_VALIDATORS, Validators

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
