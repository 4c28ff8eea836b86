"""The Associated Press."""

import datetime as dt

from cleaners.site import Layout, Site

SITE = Site(
    name="apnews",
    domains=("apnews.com",),
    timezone="America/New_York",
    layouts=(
        Layout(
            body=".RichTextStoryBody, .LiveBlogPost-headline, .LiveBlogPost-body",
            title="h1.Page-headline",
            author=".Page-authors",  # JSON-LD leaves out writers who have no page of their own
            captions=(".Figure-caption", ".CarouselSlide-infoDescription"),
            drop=(
                "[class^='PageList']",  # "read more"
                ".HTMLModuleEnhancement",
                ".Infobox",  # newsletters, live updates
                ".CarouselSlide-slideCount",
                "button",
            ),
        ),
        Layout(
            until=dt.date(2023, 7, 10),
            body="[data-key='article']",
            author=".CardHeadline [class*='bylines']",
            captions=(".ssr-desktop [data-key='embed-caption']",),  # the same again for tablets
            drop=(".hub-peek-embed", ".ad-placeholder"),
        ),
    ),
    drop_lines=(
        r"_{2,}",
        r".{0,300}\bcontributed to this (?:report|story)\b.{0,200}",
        r"(?:[A-Z][\w’'-]+(?:,? and|,)? ){1,6}reported from (?:[A-Z]\S* |and |from )*[A-Z]\w+\.",
        r"Follow (?:the )?(?:AP|Associated Press)(?:[’']s?)? .{1,160}",
        r"(?:More |___ )?AP [\w ]{2,40}: (?:and |& )?(?:https?://\S+ ?(?:and )?)+",
        r"The Associated Press created this story using technology .*",
        r"The Associated Press\b.{1,120}\breceives? (?:financial )?support from .*",
    ),
    cut_inline=(r"(?s)\n_{2,}\n.*",),  # a note under the story, in its last paragraph
)
