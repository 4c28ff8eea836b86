"""El País and its editions."""

from crawler.spiders.article import ArticleSpider


class ElpaisSpider(ArticleSpider):
    """Articles of elpais.com; feeds, and the section pages that hold what the feeds leave out."""

    name = "elpais"
    allowed_domains = ("elpais.com",)
    feeds = (
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/portada",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/internacional/portada",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/elpais.com/section/economia/portada",
        "https://feeds.elpais.com/mrss-s/pages/ep/site/english.elpais.com/portada",
    )
    sections = (
        "https://elpais.com/espana/",
        "https://elpais.com/internacional/",
        "https://elpais.com/america/",
        "https://english.elpais.com/",
    )
