"""Frankfurter Allgemeine Zeitung."""

from crawler.spiders.article import ArticleSpider


class FazSpider(ArticleSpider):
    """Articles of faz.net; the sitemap index lists pictures and videos too."""

    name = "faz"
    allowed_domains = ("faz.net",)
    feeds = ("https://www.faz.net/rss/aktuell/",)
    sitemaps = (
        "https://www.faz.net/sitemap-news.xml",
        "https://www.faz.net/sitemap-index.xml",
    )
