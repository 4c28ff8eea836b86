"""Fox News."""

from crawler.spiders.article import ArticleSpider


class FoxnewsSpider(ArticleSpider):
    """Articles of foxnews.com."""

    name = "foxnews"
    allowed_domains = ("foxnews.com",)
    sitemaps = ("https://www.foxnews.com/sitemap.xml?type=news",)
    feeds = ("https://moxie.foxnews.com/google-publisher/latest.xml",)
