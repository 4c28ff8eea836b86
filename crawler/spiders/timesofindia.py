"""The Times of India."""

from crawler.spiders.article import ArticleSpider


class TimesofindiaSpider(ArticleSpider):
    """Articles of timesofindia.indiatimes.com; the archive's sitemap has one file a month."""

    name = "timesofindia"
    allowed_domains = ("timesofindia.indiatimes.com",)
    feeds = (
        "https://timesofindia.indiatimes.com/rssfeedstopstories.cms",
        "https://timesofindia.indiatimes.com/rssfeeds/-2128936835.cms",  # India
        "https://timesofindia.indiatimes.com/rssfeeds/296589292.cms",  # world
    )
    sitemaps = (
        "https://timesofindia.indiatimes.com/sitemap/today",
        "https://timesofindia.indiatimes.com/staticsitemap/toi/sitemap-index.xml",
    )
