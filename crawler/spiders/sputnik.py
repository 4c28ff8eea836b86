"""Sputnik International."""

from crawler.spiders.article import ArticleSpider


class SputnikSpider(ArticleSpider):
    """Articles of sputnikglobe.com; the sitemap goes back to 2004."""

    name = "sputnik"
    allowed_domains = ("sputnikglobe.com",)
    feeds = ("https://sputnikglobe.com/export/rss2/archive/index.xml",)
    sitemaps = ("https://sputnikglobe.com/sitemap_article_index.xml",)
