"""The Telegraph."""

from crawler.spiders.article import ArticleSpider


class TelegraphSpider(ArticleSpider):
    """Articles of telegraph.co.uk."""

    name = "telegraph"
    allowed_domains = ("telegraph.co.uk",)
    sitemaps = ("https://www.telegraph.co.uk/custom/daily-news/sitemap.xml",)
    feeds = ("https://www.telegraph.co.uk/rss.xml",)
