"""Pages that the user names, of whatever site."""

from cleaners.registry import source_of
from crawler.errors import ArgumentError
from crawler.link import Link
from crawler.spiders.article import ArticleSpider


class UrlsSpider(ArticleSpider):
    """The pages that ``-a urls=@list.txt`` names; one address or ``-``, standard input, will do."""

    name = "urls"

    def __init__(self, **given: str) -> None:
        super().__init__(**given)
        if not self.arguments.urls:
            raise ArgumentError("urls: missing, as in -a urls=@list.txt")

    @property
    def sources(self) -> frozenset[str]:
        """Publishers of the pages."""
        return frozenset(source_of(url) for url in self.arguments.urls)

    @property
    def folder(self) -> str:
        """Return no folder: the pages may be of several publishers."""
        return ""

    def source_for(self, link: Link) -> str:
        """Return the publisher of the page, so that its own spider knows the page too."""
        return source_of(link.url)
