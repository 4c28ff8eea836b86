"""Le Monde, in French and in English."""

from crawler.spiders.article import ArticleSpider


class LemondeSpider(ArticleSpider):
    """Articles of lemonde.fr; of most pages for subscribers the first paragraphs."""

    name = "lemonde"
    allowed_domains = ("lemonde.fr",)
    feeds = ("https://www.lemonde.fr/rss/une.xml",)
    sitemaps = (
        "https://www.lemonde.fr/sitemap_news.xml",
        "https://www.lemonde.fr/en/sitemap_news.xml",
        "https://www.lemonde.fr/sitemap_index.xml",
        "https://www.lemonde.fr/en/sitemap_index.xml",
    )
