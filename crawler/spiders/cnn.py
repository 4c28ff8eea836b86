"""CNN, with its Arabic edition."""

from crawler.spiders.article import ArticleSpider


class CnnSpider(ArticleSpider):
    """Articles of cnn.com and arabic.cnn.com."""

    name = "cnn"
    allowed_domains = ("cnn.com",)
    sitemaps = ("https://www.cnn.com/sitemap/news.xml",)
    feeds = ("https://arabic.cnn.com/api/v1/rss/rss.xml",)
