"""TagDiv's Newspaper and Newsmag themes for WordPress."""

from cleaners.site import Layout, Platform

DROP = (
    ".td-a-rec",  # adverts by generation: Newspaper, Newsmag, the cloud templates
    ".td-g-rec",
    ".td-a-ad",
    '.code-block[class*="code-block-"]',  # adverts of the plugin Ad Inserter
    '.td-post-content .td_block_wrap:has([class*="td_module_"])',  # teasers of other posts
    '[class*="td-module-"]',
    "a > div",  # a link around a picture and a headline is a card
    "a > h3",
    "a > h4",
    ".post_td_gallery",  # its captions stand again under each size of a picture
    ".tds-newsletter",
    ".td-post-sharing",
    ".swp_social_panel",  # share buttons by plugin: Social Warfare, Shariff, Jetpack, AddToAny
    ".shariff",
    ".sharedaddy",
    ".addtoany_share_save_container",
    "form#commentform",  # inside the body where a post leaves an element open
)
CAPTIONS = (
    ".td-post-content figcaption",
    ".td-post-featured-image figcaption",
    ".tdb_single_featured_image figcaption",
)

PLATFORM = Platform(
    name="tagdiv",
    mark=".td-post-content, .tdb_single_content",
    layouts=(
        Layout(
            body=".tdb_single_content",
            lead=".tdb_single_subtitle",
            title=".tdb-title-text",
            author=".tdb_single_author a:not(.tdb-author-photo)",
            drop=DROP,
            captions=CAPTIONS,
        ),
        Layout(
            body=".td-post-content",
            lead=".td-post-sub-title",
            title="h1.entry-title",
            author=".td-post-author-name a",
            drop=DROP,
            captions=CAPTIONS,
        ),
    ),
)
