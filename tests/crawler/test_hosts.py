import pytest
from scrapy import Request
from scrapy.utils.test import get_crawler

from crawler.hosts import HostBudgetError, HostDownError, Hosts, hosts_of
from crawler.middlewares.hosts import HostMiddleware

PAGE = Request("https://ex.com/1")
OTHER = Request("https://other.org/1")


def hosts(budget: int = 0, failures: int = 2) -> Hosts:
    return Hosts(budget=budget, failures=failures)


def test_host_that_does_not_answer_is_left_alone_and_no_other() -> None:
    made = hosts()
    made.note_silence(PAGE)
    made.check(PAGE)
    made.note_silence(PAGE)
    with pytest.raises(HostDownError, match=r"ex\.com:443 did not answer 2 times in a row: .*/1"):
        made.check(PAGE)
    made.check(OTHER)


@pytest.mark.parametrize("status", [200, 404, 500, 403])
def test_answer_ends_the_row(status: int) -> None:
    made = hosts()
    made.note_silence(PAGE)
    made.note_answer(PAGE, status)
    made.note_silence(PAGE)
    made.check(PAGE)


@pytest.mark.parametrize("status", [502, 503, 504, 522])
def test_word_of_a_proxy_that_the_server_is_not_there_is_no_answer(status: int) -> None:
    made = hosts(failures=1)
    made.note_answer(PAGE, status)
    with pytest.raises(HostDownError):
        made.check(PAGE)


def test_ports_are_servers_of_their_own() -> None:
    made = hosts(failures=1)
    made.note_silence(Request("https://ex.com:8443/"))
    made.check(PAGE)


def test_host_is_asked_as_often_as_its_budget_allows() -> None:
    made = hosts(budget=2)
    made.note_request(PAGE)
    made.check(PAGE)
    made.note_request(PAGE)
    with pytest.raises(HostBudgetError, match=r"ex\.com:443 was asked 2 times: .*/1"):
        made.check(PAGE)
    made.check(OTHER)


def test_nought_is_no_limit() -> None:
    made = hosts(budget=0, failures=0)
    made.note_request(PAGE)
    made.note_silence(PAGE)
    made.check(PAGE)


def test_middleware_takes_the_limits_of_the_crawl() -> None:
    crawler = get_crawler(settings_dict={"HOST_FAILURES": 1, "HOST_BUDGET": 9})
    hosts_of(crawler).note_silence(PAGE)
    with pytest.raises(HostDownError):
        HostMiddleware.from_crawler(crawler).process_request(PAGE)
