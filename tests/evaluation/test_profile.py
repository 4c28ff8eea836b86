from collections.abc import Iterator

from evaluation.profile import REST, Clock, measure, table_of
from tests.cleaners.pages import URL, article


class Page:
    id = "ferry"
    url = URL

    def html(self) -> bytes:
        return article()


def ticks() -> Iterator[float]:
    yield from range(100)


def test_time_of_an_inner_stage_is_not_the_outer_one_s() -> None:
    moments = ticks()
    clock = Clock(lambda: next(moments))
    inner = clock.timed("inner", lambda: None)
    clock.timed("outer", inner)()
    assert dict(clock.seconds) == {"outer": 2.0, "inner": 1.0}


def test_stages_of_a_page_are_timed() -> None:
    clock = measure([Page()])
    assert clock.calls["parse"] == clock.calls[REST] == 1
    assert table_of(clock, 1).splitlines()[-1].startswith("| all | 100.0 |")
