"""The Times of India."""

from cleaners.site import Layout, Site

SITE = Site(
    name="timesofindia",
    domains=("timesofindia.indiatimes.com",),
    timezone="Asia/Kolkata",
    agencies=("TIMESOFINDIA.COM", "etimes.in"),
    layouts=(
        Layout(
            # a <br> or an empty <span class="br"> parts paragraphs: a body of its own ends a block
            body="[data-articlebody] > div.clearfix, [data-articlebody] :is(br, span.br)",
            lead="div.art_synopsis",
            captions=("section.leadmedia .img_cptn",),
            drop=(
                "div.vdo_embedd:not(:has(section.leadmedia))",
                'a[href*="utm_source=articleshow"]',  # own campaigns
            ),
        ),
        Layout(body="div.ga-headlines"),  # 2020 and 2021
        Layout(body="arttextxml"),
    ),
    drop_lines=(
        r"Get real-time updates and result insights on .{2,80}",
        r"You Can Also Check: .+",
    ),
)
