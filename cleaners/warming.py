"""Load everything that cleaning needs, before the first page."""

from cleaners.blocks import Block, Element
from cleaners.cleaning import clean
from cleaners.opinion import region_text
from cleaners.page import open_page

URL = "https://bugle.example/2024/05/04/harbour.html"
SENTENCE = "On Monday the council of the harbour town voted for a second bridge across the river. "
PAGE = f"""<!DOCTYPE html><title>Harbour</title><main><h1>Harbour</h1><p>By Ann Writer
<p>4 May 2024<p>{SENTENCE * 3}<p>{SENTENCE * 4}<p>Read more</main><footer><p>Subscribe</footer>"""


def warm_up() -> None:
    """Load weights, rules, words and libraries, which all else would wait for the first page.

    For a process that others are forked from: they share what it has loaded. What few pages need
    waits for one that does: py3langid's model (one page in 50) and justext's lists (one in 100),
    together half of the time and 100 MB.
    """
    clean(PAGE, URL)
    root = open_page(PAGE, URL).root
    # shorter, trafilatura would go on to ask justext
    region_text([Block(SENTENCE * 4, Element(root, "body", None, ""), "", 0.0)], URL)
