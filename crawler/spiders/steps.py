"""What a crawl asks for next: listings until there are links enough, then pages, newest first."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import DontCloseSpider

from crawler.discovery.finder import Finder
from crawler.discovery.listing import Listing
from crawler.spiders.listings import Listings
from crawler.spiders.pages import Pages
from crawler.summary import Summary


@dataclass(eq=False, kw_only=True)
class Steps:
    """Whenever nothing is left to wait for, `next_requests` says what comes next."""

    crawler: Crawler
    finder: Finder
    listings: Listings
    pages: Pages
    limit: int | None
    """Articles to write; None: all that the listings name."""

    more_listings: Callable[[], list[Listing]]
    """Returns the listings to try when those so far are read."""

    _at_pages: bool = False
    """Whether the listings are read, and pages are asked for."""

    def go_on(self) -> None:
        """Ask for what comes next, when nothing is left to wait for.

        Raises:
            DontCloseSpider: there is more to do.
        """
        with self._counting_errors():
            requests = self.next_requests()
            for request in requests:
                self.crawler.engine.crawl(request)
        if requests:
            raise DontCloseSpider

    def next_requests(self) -> list[Request]:
        """Return the first requests of the next step; none when the crawl is done.

        With a limit, listings are read one by one until they give enough pages, and no more
        pages are asked for than articles are missing.
        """
        frontier, missing = self.finder.frontier, self.missing()
        if missing is None or frontier.pages < missing:
            number = None if missing is None else 1
            listings = frontier.next_listings(number)
            if not listings:
                self.finder.add_listings(self.more_listings())
                listings = frontier.next_listings(number)
            if listings:
                self._at_pages = False
                return [self.listings.request(listing) for listing in listings]
        self._at_pages = True
        few = self.crawler.settings.getint("PAGES_IN_FLIGHT")
        number = few if missing is None else min(few, missing)
        return [self.pages.request(link) for link in frontier.next_pages(number)]

    def missing(self) -> int | None:
        """Return how many articles are left to write; None without a limit."""
        if self.limit is None:
            return None
        summary = Summary.of(self.crawler.stats.get_stats())
        return max(0, self.limit - summary.new - summary.changed)

    def keep_busy(self) -> None:
        """Ask for as many pages as have come to their end, so that few are in memory at a time.

        The signal comes whenever the downloader could take one more.
        """
        if not self._at_pages:
            return
        with self._counting_errors():
            under_way = self.under_way()
            missing = self.missing()
            room = self.crawler.settings.getint("PAGES_IN_FLIGHT") - under_way
            number = room if missing is None else min(room, missing - under_way)
            for link in self.finder.frontier.next_pages(max(0, number)):
                self.crawler.engine.crawl(self.pages.request(link))

    def under_way(self) -> int:
        """Return how many requests and responses the engine holds, but for waiting requests."""
        engine = self.crawler.engine
        scraping = engine.scraper.slot
        scraped = len(scraping.active) + len(scraping.queue) if scraping else 0
        return len(engine.downloader.active) + scraped

    @contextmanager
    def _counting_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception:
            # Scrapy logs what a handler of signals raises, and ends as if all had gone well
            self.crawler.stats.inc_value("spider_exceptions/count")
            raise
