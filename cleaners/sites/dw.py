"""Deutsche Welle in all its languages."""

from cleaners.site import Layout, Site

SITE = Site(
    name="dw",
    domains=("dw.com",),
    timezone="Europe/Berlin",
    agencies=("Deutsche Welle",),
    layouts=(
        Layout(  # the class names beside these are generated and change with every release
            body="div.rich-text",
            lead="article header > p",
            captions=("article figcaption",),
            drop=("small.copyright", "div.vjs-wrapper"),
        ),
        Layout(  # until June 2023
            body="div.longText",
            lead="p.intro",
            author="ul.smallList > li:not(:first-child):not(:has(a))",
            date="ul.smallList > li:first-child",
            captions=("div.picBox > p",),
        ),
    ),
    drop_lines=(
        r"(?:[a-z]{2,4}/)*[a-z]{2,4} \((?:[A-Za-z]{2,9}(?:, )?){1,8}\)",  # sb/rt (AFP, dpa)
        r"(?:Aut(?:hor|or|orin|ora|eure?)|Editor|[EÉ]dition|Redaktion) ?: ?.{2,100}",
        r"Edited by:? .{2,80}",
        r"While you['’]re here: .+",
    ),
)
