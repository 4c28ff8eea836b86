"""Reuters."""

import datetime as dt

from cleaners.site import Layout, Site

SITE = Site(
    name="reuters",
    domains=("reuters.com",),
    timezone="Etc/UTC",  # pages print it, and the day in an address is in it
    layouts=(
        Layout(
            body="[class^='article-body'][class*='__content__']",
            title="h1[data-testid='Heading']",
            author="header [rel='author']",
            captions=(
                "[data-testid='primary-image'] figure [data-testid='Body']",
                "[data-testid^='gallery'] [data-testid='Body']",
            ),
            drop=(
                "[class*='__content__'] > p[data-testid='Body']",  # who wrote and edited; standards
                "[class*='sign-off']",
                "[class*='toolbar']",
                "[data-testid^='gallery'] b",  # "[1/5]"
                "[data-testid='ContextWidget']",
                "[data-testid='promo-box']",
                "[data-testid='ResponsiveAdSlot']",
                "[class*='license']",
                "[data-testid='Tags']",
                "[data-testid='AuthorBio']",
            ),
        ),
        Layout(
            until=dt.date(2021, 12, 31),
            body=".ArticleBodyWrapper",
            captions=("[class*='Image-caption']",),
            drop=(
                "[class*='byline-container']",
                "[class^='RelatedCoverage']",
                "[class^='Slideshow']",
                "[class^='Attribution']",
                "[class^='TrustBadge']",
            ),
        ),
        Layout(
            until=dt.date(2020, 12, 31),
            body="[class^='StandardArticleBody_body']",
            captions=("[class^='Image_caption'] > span",),
            drop=(
                "[class^='Slideshow']",
                "[class^='RelatedCoverage']",
                "[class^='Attribution']",
                "[class^='StandardArticleBody_trustBadge']",
            ),
        ),
        Layout(
            until=dt.date(2017, 12, 31),
            body="#articleText, #article-text",
            captions=(".related-photo-caption",),
            drop=(".relatedTopicButtons",),
        ),
    ),
    drop_lines=(
        r"\(?(?:(?:Additional )?[Rr]eporting|[Ww]riting|Compiled) by .{2,300}[Ee]diting by .{2,99}",
        r"Register now for FREE unlimited access to Reuters\.com",
        r"-{1,2} ?Field Level Media",
    ),
    cut_inline=(r", opens new tab",),
)
