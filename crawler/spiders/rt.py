"""RT International."""

from crawler.spiders.article import ArticleSpider


class RTSpider(ArticleSpider):
    """Articles of www.rt.com, in English."""

    name = "rt"
    allowed_domains = ("rt.com",)
    feeds = ("https://www.rt.com/rss/news/",)
    sitemaps = ("https://www.rt.com/newssitemap.xml",)
