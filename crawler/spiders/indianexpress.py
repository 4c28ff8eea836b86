"""The Indian Express."""

from crawler.spiders.article import ArticleSpider


class IndianExpressSpider(ArticleSpider):
    """Articles of indianexpress.com."""

    name = "indianexpress"
    allowed_domains = ("indianexpress.com",)
    feeds = ("https://indianexpress.com/feed/",)
    sitemaps = ("https://indianexpress.com/news-sitemap.xml",)
