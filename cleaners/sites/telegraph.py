"""The Telegraph."""

from cleaners.site import Layout, Site

SITE = Site(
    name="telegraph",
    domains=("telegraph.co.uk",),
    timezone="Europe/London",
    layouts=(
        Layout(
            body=".articleBodyText, .live-post__title",
            lead="p.e-standfirst",
            title="h1[itemprop~='headline'], h1.live-header__title",
            author=".e-byline--multi [data-test='author-name'], .byline__author-name",
            captions=("article [itemprop='caption']",),
        ),
        Layout(  # until 2015
            body="#mainBodyArea",
            lead=".storyHead h2",
            title=".storyHead h1",
            author=".bylineBody a",
            captions=("#storyEmbSlide .caption",),
            drop=(".related_links_inline",),
        ),
    ),
    cut_after=(r"How to listen to .{3,60}[Pp]odcast",),
)
