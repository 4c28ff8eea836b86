"""RT in all its languages."""

from cleaners.site import Layout, Site

ENGLISH = Layout(
    body=".article__text",
    lead=".article__summary",
    title=".article__heading",
    author=".blog-autor__name, .article__author-text strong",
    date='meta[name="published_time_telegram"], meta[name="mediator_published_time"]',
    drop=(
        '[class*="read-more"]',  # cards of other articles, in four shapes
        ".crosslinks__link",
        ".rtcode",  # embedded posts and players
        ".media__copyright",
        ".media__image",  # source of the picture
        ".article__share",
        ".article__short-url",
        ".news-block",
    ),
    captions=(".article__text .media", ".article__cover .media__title"),
)
"""English, French and Russian."""

GERMAN = Layout(
    body=".ViewText-root",
    lead=".p-24 .Text-type_1",
    drop=(".ReadMore-root", ".ArticleView-crosslink", ".RTImage-source", ".TwitterEmbed"),
    captions=(".RTImage-caption", ".Cover-footer"),
)
"""German, Spanish and Serbian."""

ARABIC = Layout(
    body=".js-mediator-article",
    drop=('[class*="read-more"]',),
    captions=(".photo .caption",),
)

SITE = Site(
    name="rt",
    domains=("rt.com", "rt.rs", "freedert.online"),
    layouts=(ENGLISH, GERMAN, ARABIC),
    drop_lines=(
        r"Also on rt\.com\b.*",
        r"(?:If you )?[Ll]ike this story[?,] [Ss]hare it with a friend!?",
        r"Think your friends would be interested\? Share this story!",
        r"You can share this story on social media:?",
        r"Subscribe to RT newsletter .{0,80}",
        r"(?:READ|WATCH) MORE:.{5,200}",
        r"DETAILS TO FOLLOW\.*",
        r"Lire aussi ?:.{5,200}",
    ),
    timezone="Etc/UTC",
    agencies=("RT", "RT International", "RT en français", "RT DE", "RT на русском"),
)
