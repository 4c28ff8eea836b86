"""An article as plain XML and as TEI P5, the format of text corpora."""

import re

from lxml import etree

from cleaners import Article

UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML 1.0 has no way to hold; a headline in JSON-LD may."""

TEI = "http://www.tei-c.org/ns/1.0"


def render_xml(article: Article) -> str:
    """Return ``<doc>`` as trafilatura has it: metadata as attributes, a ``<p>`` a block."""
    root = etree.Element("doc")
    for name, value in attributes(article).items():
        if value:
            root.set(name, UNWRITABLE.sub("", value))
    main = etree.SubElement(root, "main")
    for block in article.text.split("\n\n"):
        add(main, "p", block)
    return serialise(root)


def attributes(article: Article) -> dict[str, str]:
    """Return the metadata in trafilatura's words; empty where there is none."""
    return {
        "sitename": article.source,
        "title": article.title,
        "author": "; ".join(article.authors),
        "date": day_of(article),
        "source": article.canonical_url or article.url,
        "excerpt": article.lead,
        "categories": article.section,
        "tags": "; ".join(article.tags),
        "language": article.language,
    }


def render_tei(article: Article) -> str:
    """Return a TEI P5 document: a bibliographic record, then a ``<p>`` a block."""
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})
    header = tei(root, "teiHeader")
    describe_file(header, article)
    describe_profile(header, article)
    body = tei(tei(root, "text"), "body")
    entry = tei(body, "div", type="entry")
    for block in article.text.split("\n\n"):
        tei(entry, "p", block)
    return serialise(root)


def describe_file(header: etree._Element, article: Article) -> None:
    """Add what the document is and where it comes from."""
    file = tei(header, "fileDesc")
    statement = tei(file, "titleStmt")
    tei(statement, "title", article.title or article.url, type="main")
    publication = tei(file, "publicationStmt")
    tei(publication, "p")
    record = tei(tei(file, "sourceDesc"), "bibl")
    tei(record, "title", article.title or article.url)
    for name in article.authors:
        tei(statement, "author", name)
        tei(record, "author", name)
    tei(record, "publisher", article.source)
    if day_of(article):
        tei(record, "date", day_of(article))
    tei(record, "ptr", type="URL", target=article.canonical_url or article.url)


def describe_profile(header: etree._Element, article: Article) -> None:
    """Add the language, the section and the tags."""
    profile = tei(header, "profileDesc")
    if article.language:
        tei(tei(profile, "langUsage"), "language", ident=article.language)
    terms = [term for term in (article.section, *article.tags) if term]
    if terms:
        keywords = tei(tei(profile, "textClass"), "keywords")
        for term in terms:
            tei(keywords, "term", term)


def day_of(article: Article) -> str:
    """Return the time of publication in ISO 8601; empty where it is unknown."""
    return article.published.isoformat() if article.published else ""


def tei(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element of TEI to *parent*."""
    return add(parent, f"{{{TEI}}}{tag}", text, **attributes)


def add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """Add an element to *parent*."""
    element = etree.SubElement(parent, tag)
    for name, value in attributes.items():
        element.set(name, UNWRITABLE.sub("", value))
    if text:
        element.text = UNWRITABLE.sub("", text)
    return element


def serialise(root: etree._Element) -> str:
    """Return *root* as an indented document in UTF-8."""
    etree.indent(root)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n"
    )
