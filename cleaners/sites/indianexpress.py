"""The Indian Express."""

from cleaners.site import Layout, Site

LEAD = "h2.synopsis"
TITLE = "h1[itemprop='headline'], .heading-part h1"
AUTHOR = '.editor a[href*="/profile/"], .editor a[href*="/agency/"]'
PROMOS = (
    ".pdsc-related-modify",  # also read
    '[class*="related-widget"]',
    ".custom_read_button",
    ".premium-story",
    ".ie-premium",
    ".h-text-widget",
    ".o-story-list",
    ".ev-widget-story",
    ".ie-newsletter-widget",
    ".subscriber_hide",
    ".osv-ad-class",
    ".adboxtop",
    ".unitimg",
    ".numbered_list",  # number of a point, beside the point's headline
)
CAPTIONS = (".custom-caption", ".wp-caption-text")

SITE = Site(
    name="indianexpress",
    domains=("indianexpress.com",),
    layouts=(
        Layout(
            body="#pcl-full-content, .story_details",
            lead=LEAD,
            title=TITLE,
            author=AUTHOR,
            drop=PROMOS,
            captions=CAPTIONS,
        ),
        Layout(
            body=".full-details",
            lead=LEAD,
            title=TITLE,
            author=AUTHOR,
            drop=(
                *PROMOS,
                ".editor-share",
                ".editor",
                ".copyright",
                ".ie-first-publish",
                ".storytags",
                ".more-from",
                "#ie_story_comments",
                "#story_content_parts",
            ),
            captions=CAPTIONS,
        ),
    ),
    drop_lines=(
        r"Story continues below this ad",
        r"📣.*",
        r"(?:The )?(?:Indian Express|Express Explained) is now on (?:Telegram|WhatsApp)\b.*",
        r"For all the latest .{3,80}, download Indian Express App\.?",
        r"(?:Also|Must) Read\s*[|:].{5,200}",
        r"(?i:explained|opinion|editorial|in premium|don[’']t miss)\s*\|.{5,200}",
        r"Express Subscription .{0,40}",
        r"Subscriber Only Stories",
        r"https?://\S+",  # of a post that a script would show
    ),
    timezone="Asia/Kolkata",
)
