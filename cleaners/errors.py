"""Why a page yields no article.

CleaningError
├── NoContentError      the page holds no article text: an index, a gallery, an empty body
├── NotAnArticleError   the page is something else: consent wall, log-in wall, challenge, soft 404
├── NotHtmlError        the bytes are no HTML page: a PDF, an image, binary data
└── PageTooLargeError   the page passes a limit above which parsers cut off in silence
"""


class CleaningError(Exception):
    """A page could not be turned into an article; the message names the URL."""


class NoContentError(CleaningError):
    """The page holds no article text: an index, a gallery, an empty body."""


class NotAnArticleError(CleaningError):
    """The page is a consent wall, a log-in wall, a bot challenge or a soft 404."""


class NotHtmlError(CleaningError):
    """The bytes are no HTML page: a PDF, an image, an archive, binary data."""


class PageTooLargeError(CleaningError):
    """The page passes a limit of size or nesting, above which its end would be lost in silence."""
