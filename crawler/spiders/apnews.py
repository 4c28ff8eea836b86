"""The Associated Press."""

from crawler.spiders.article import ArticleSpider


class ApnewsSpider(ArticleSpider):
    """Articles of apnews.com, which has no feeds."""

    name = "apnews"
    allowed_domains = ("apnews.com",)
    sitemaps = ("https://apnews.com/news-sitemap-content.xml",)
    sections = ("https://apnews.com/world-news", "https://apnews.com/us-news")
