"""Le Monde, in French and in English."""

from cleaners.site import Layout, Site

SITE = Site(
    name="lemonde",
    domains=("lemonde.fr",),
    timezone="Europe/Paris",
    layouts=(
        Layout(
            body="article.article__content",
            lead="p.article__desc, .ds-chapo",
            captions=("figcaption.article__legend",),
            drop=(
                ".article__credit",
                "section.catcher",  # "Lire aussi"
                "section.inread",  # newsletters
                "section.author",
                "section.article__reactions",
            ),
        ),
        Layout(  # live pages: one section a post
            body="section.post__live-container .content--live",
            lead="#js-summary-live",
            drop=(".read-also-live__container", ".post__live-container--link-content"),
        ),
    ),
    drop_lines=(r"You have [\d.]{1,6} ?% of this article left to read\..*",),
)
