"""Reuters."""

from crawler.spiders.article import ArticleSpider


class ReutersSpider(ArticleSpider):
    """Articles of reuters.com, which carry their day at the end of the path."""

    name = "reuters"
    allowed_domains = ("reuters.com",)
    sitemaps = ("https://www.reuters.com/arc/outboundfeeds/news-sitemap-index/?outputType=xml",)
    sections = ("https://www.reuters.com/world/", "https://www.reuters.com/business/")
