"""Load everything that cleaning needs, before the first page."""

from cleaners.blocks import Block, Element
from cleaners.cleaning import clean
from cleaners.language import identifier
from cleaners.opinion import region_text
from cleaners.page import open_page

URL = "https://bugle.example/2024/05/04/harbour.html"
SENTENCE = "On Monday the council of the harbour town voted for a second bridge across the river. "
PAGE = f"""<!DOCTYPE html><title>Harbour</title><main><h1>Harbour</h1><p>By Ann Writer
<p>4 May 2024<p>{SENTENCE * 3}<p>{SENTENCE * 4}<p>Read more</main><footer><p>Subscribe</footer>"""


def warm_up() -> None:
    """Load weights, rules, words and libraries, which all else would wait for the first page.

    For a process that others are forked from: they share what it has loaded.

    Raises:
        OSError: there is no room for the temporary file that the model of languages is unpacked to.
    """
    clean(PAGE, URL)
    root = open_page(PAGE, URL).root
    region_text([Block(SENTENCE, Element(root, "body", None, ""), "", 0.0)], URL)
    identifier()
