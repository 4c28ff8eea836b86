"""Republic World."""

from crawler.spiders.article import ArticleSpider


class RepublicWorldSpider(ArticleSpider):
    """Articles of republicworld.com."""

    name = "republicworld"
    allowed_domains = ("republicworld.com",)
    feeds = ("https://www.republicworld.com/rss/latest-news.xml",)
    sitemaps = ("https://www.republicworld.com/sitemaps/sitemaps-news.xml",)
