"""Deutsche Welle in all its languages."""

from crawler.spiders.article import ArticleSpider


class DwSpider(ArticleSpider):
    """Articles of dw.com; the sitemaps of one language name pages of others too."""

    name = "dw"
    allowed_domains = ("dw.com",)
    feeds = (
        "https://rss.dw.com/xml/rss-en-all",
        "https://rss.dw.com/xml/rss-de-all",
        "https://rss.dw.com/xml/rss-es-all",
        "https://rss.dw.com/xml/rss-ukr-all",
        "https://rss.dw.com/rdf/rss-ben-all",
    )
    sitemaps = (
        "https://www.dw.com/en/news-sitemap.xml",
        "https://www.dw.com/de/news-sitemap.xml",
        "https://www.dw.com/en/article-sitemap.xml",
        "https://www.dw.com/de/article-sitemap.xml",
    )
