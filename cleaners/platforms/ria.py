"""The engine of RIA Novosti, on which Sputnik and its sister sites run."""

from cleaners.site import Layout, Platform

BLOCKS = Layout(
    body=".article__body, .online__item, .m-white_online .article__block",
    lead=".article__announce-text",
    title=".article__title",
    author=".article__author-name, .white-longread__header-author",
    drop=(
        '[data-type="article"]',  # card of another article
        '[data-type="banner"]',
        ".article__summary",  # digest written by a machine
        ".article__quote-bg",  # one large quotation mark
        ".article__list-label",
        ".media__copyright",
        ".photoview__open-info",  # credit and caption again, for the enlarged picture
        ".js-message_video_player",
        ".share",
        ".white-longread__header",
    ),
    captions=(
        ".media__title",
        ".media__description",
        ".article__photo-item-text",
        ".white-longread__media-description",
    ),
)
"""Since autumn 2021 on Sputnik, earlier on ria.ru: articles, long reads and live pages."""

PARAGRAPHS = Layout(
    body=".b-article__text",
    lead=".b-article__lead",  # beside the body: extractors that look for articleBody lose it
    title=".b-article__header-title",
    author=".b-article__refs-author a",
    drop=(
        ".b-inject:has(a)",  # card of another article; a photo has no link
        ".b-inject__copy",
        ".b-article__text .b-banner",
    ),
    captions=(".b-inject", ".b-article__text figcaption"),
)
"""Until autumn 2021. Without `until`: each edition moved on a day of its own."""

PLATFORM = Platform(
    name="ria",
    mark=(
        '.b-article__text[itemprop="articleBody"], .article__block[data-type="text"],'
        ' .white-longread__block[data-type="text"]'
    ),
    layouts=(BLOCKS, PARAGRAPHS),
)
