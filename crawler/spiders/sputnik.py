"""Sputnik's international service."""

from crawler.spiders.article import ArticleSpider


class SputnikSpider(ArticleSpider):
    """Articles in English; the sitemap goes back to 2004."""

    name = "sputnik"
    allowed_domains = ("sputnikglobe.com",)
    feeds = ("https://sputnikglobe.com/export/rss2/archive/index.xml",)
    sitemaps = ("https://sputnikglobe.com/sitemap_article_index.xml",)
