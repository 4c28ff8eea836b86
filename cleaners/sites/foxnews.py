"""Fox News."""

from cleaners.site import Layout, Site

SITE = Site(
    name="foxnews",
    domains=("foxnews.com",),
    timezone="America/New_York",
    layouts=(
        Layout(
            body=".article-body",
            lead=".sub-headline",
            title="h1.headline",
            captions=(".image-ct .caption",),
            drop=(
                ".featured-video",  # title and description of another item
                ".embed-media",
                ".ad-container",
                ".author-bio",
            ),
        ),
        Layout(body=".article-text"),  # until 2017
    ),
    drop_lines=(
        # headlines of other stories, in capitals; headings within a story are shorter
        r"(?=(?:\S+ ){4})(?=.*[A-Z]{3})(?:[^a-z]|(?<=[A-Z0-9’'])s\b|\bMc(?=[A-Z])){40,}",
        r"(?i)click (?:here )?(?:to get|for|to read|to sign up) .{4,80}",
        r".{0,200}\bcontributed to this (?:report|story)\b.{0,100}",
    ),
)
