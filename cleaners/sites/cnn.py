"""CNN, with its Arabic edition."""

import datetime as dt

from cleaners.site import Layout, Site

SITE = Site(
    name="cnn",
    domains=("cnn.com",),
    timezone="America/New_York",
    agencies=("CNN", "CNN Business", "CNN Politics"),
    layouts=(
        Layout(
            body=".article__content, .live-story-post__headline, .live-story-post__content",
            title="h1.headline__text, h1.headline_live-story__text",
            author=".byline__name",
            captions=(".image__caption",),
            drop=(
                ".source",  # "CNN —", a line of its own in the markup
                ".image__credit",
                ".related-content",
                ".video-resource",
                ".gallery-inline",
            ),
        ),
        Layout(
            until=dt.date(2022, 12, 31),
            body="#body-text",
            title="h1.pg-headline",
            captions=(".el__gallery_image-title",),
            drop=(
                ".el__storyhighlights",
                ".el__article--embed",
                ".el__embedded .js-cnn-erm",
                ".media__video",
                ".zn-body__read-more",
                ".zn-body__read-more-outbrain",
            ),
        ),
        Layout(  # style and travel
            until=dt.date(2023, 12, 31),
            body=".Paragraph__component",
            title="h1.PageHead__title, h1.Article__title",
        ),
        Layout(
            until=dt.date(2014, 12, 31),
            body=".cnn_strycntntlft > p",
            captions=(".cnn_strycntntlft cite[id^='galleryCaption']",),
        ),
        Layout(body="div.wysiwyg"),  # Arabic
        Layout(  # Arabic
            until=dt.date(2014, 12, 31),
            body=".cnn_strycntntrgt > p",
        ),
    ),
    drop_lines=(
        r"(?:Editor[’']s [Nn]ote: ?)?Sign up (?:for|to|here) .{0,200}\bnewsletters?\b.{0,200}",
        r"CNN[’']s .{3,300} contributed to this (?:report|story)\.",
    ),
)
