"""Pages of a publisher: articles and fronts, with everything around them."""

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from html import escape

from crawler.newsroom.markup import (
    body_html,
    comments_html,
    hero_html,
    image_path,
    inline_html,
    item_html,
    names_html,
    related_html,
)
from crawler.newsroom.publisher import Publisher, label_lines, slugify
from crawler.newsroom.story import Story, plain

LATEST = 5  # headlines in the box beside an article


def article_page(publisher: Publisher, story: Story, base: str, visit: dt.datetime) -> str:
    """Return the page of *story* as served at *visit* under the address *base*."""
    values = {
        **page_values(publisher, base, visit),
        **story_values(publisher, story, base),
        **date_values(publisher, story),
        **neighbour_values(publisher, story),
        **label_values(publisher, story.language),
    }
    modals = publisher.templates.get("modals")
    values["modals"] = modals.substitute(values) if modals else ""
    return publisher.templates["page"].substitute(values)


def front_page(publisher: Publisher, title: str, base: str, visit: dt.datetime) -> list[str]:
    """Return the pages of the front *title*: a section's, or all stories under another title.

    Each links to the next.
    """
    listed = [story for story in publisher.stories if title in (story.section, publisher.name)]
    size = publisher.front_size
    path = "/" if title == publisher.name else section_path(title)
    pages = []
    for start in range(0, len(listed), size):
        more = start + size < len(listed)
        address = f"{path}?page={start // size + 2}"
        pager = publisher.forms["next"].format(href=address) if more else ""
        items = "\n".join(item_html(publisher, story) for story in listed[start : start + size])
        values = page_values(publisher, base, visit) | {"items": items, "pager": pager}
        pages.append(publisher.templates["front"].substitute(values, title=escape(title)))
    return pages


def page_values(publisher: Publisher, base: str, visit: dt.datetime) -> dict[str, str]:
    """Return what every page shows, the clock at its top among it."""
    menu = (
        f'<li><a href="{section_path(section)}">{escape(section)}</a></li>'
        for section in publisher.sections
    )
    form = "latest" if "latest" in publisher.forms else "related"
    latest = [
        publisher.forms[form].format(
            escape(story.title),
            href=publisher.path(story),
            clock=f"{story.published.astimezone(publisher.zone):%H:%M}",
        )
        for story in publisher.stories[:LATEST]
    ]
    return {
        "base": base,
        "menu": "".join(menu),
        "latest": "\n".join(latest),
        "clock": f"{visit:%H:%M}",
        "today": f"{visit.day} {visit:%B %Y}",
        "year": str(visit.year),
    }


def story_values(publisher: Publisher, story: Story, base: str) -> dict[str, str]:
    """Return what the page says of *story* itself, in HTML."""
    body = body_html(publisher, story)
    lead = publisher.forms["lead"].format(inline_html(story.lead)) if story.lead else ""
    tags = names_html(publisher, "tag", story.tags, ", " if publisher.labels else " ")
    return {
        "canonical": base + publisher.path(story),
        "language": story.language,
        "title": escape(story.title),
        "summary": escape(summary(story)),
        "section": escape(story.section),
        "section_path": section_path(story.section),
        "authors": names_html(publisher, "author", story.authors, ", "),
        "authors_text": escape(", ".join(story.authors)),
        "hero": hero_html(publisher, story, "hero"),
        "credit": hero_html(publisher, story, "credit"),
        "image": image_path(story),
        "lead": lead,
        "body": body,
        "tags": tags,
        "related": related_html(publisher, story),
        "comments": comments_html(publisher, story),
        "json_ld": json_ld(publisher, story, base),
    }


def date_values(publisher: Publisher, story: Story) -> dict[str, str]:
    """Return the dates of *story* in every form that a template may ask for."""
    local = story.published.astimezone(publisher.zone)
    utc, changed = (one.astimezone(dt.UTC) for one in (story.published, story.modified))
    return {
        "published": local.isoformat(),
        "modified": story.modified.astimezone(publisher.zone).isoformat(),
        "published_day": publisher.day.format(local),
        "published_minute": f"{utc:%Y-%m-%dT%H:%M}",
        "published_z": f"{utc:%Y-%m-%dT%H:%M:%SZ}",
        "modified_z": f"{changed:%Y-%m-%dT%H:%M:%SZ}",
        "timestamp": str(int(utc.timestamp())),
    }


def neighbour_values(publisher: Publisher, story: Story) -> dict[str, str]:
    """Return the stories before and after *story*; the first and the last are neighbours."""
    place = publisher.stories.index(story)
    values: dict[str, str] = {}
    for name, step in (("previous", 1), ("next", -1)):
        other = publisher.stories[(place + step) % len(publisher.stories)]
        values |= {f"{name}_title": escape(other.title), f"{name}_path": publisher.path(other)}
    return values


def label_values(publisher: Publisher, language: str) -> dict[str, str]:
    """Return the page's own words in *language*; none for a publisher without labels."""
    labels: Mapping[str, object] = publisher.labels.get(language, {})
    single = {f"l_{name}": escape(one) for name, one in labels.items() if isinstance(one, str)}
    lists = {
        name: lines_html(publisher, "rule" if name == "rules" else "paragraph", lines)
        for name in ("gdpr", "rules_head", "rules", "rules_tail")
        if (lines := label_lines(labels, name))
    }
    return single | lists


def lines_html(publisher: Publisher, form: str, lines: Sequence[str]) -> str:
    """Return each of *lines* in *form*."""
    return "\n".join(publisher.forms[form].format(escape(line)) for line in lines)


def summary(story: Story) -> str:
    """Return the standfirst, else the first paragraph."""
    return plain(story.lead or story.parts[0].fields[0])


def section_path(section: str) -> str:
    """Return the address of a section's front."""
    return f"/{slugify(section)}/"


def json_ld(publisher: Publisher, story: Story, base: str) -> str:
    """Return the story's NewsArticle, without its text."""
    local, changed = (
        one.astimezone(publisher.zone).isoformat() for one in (story.published, story.modified)
    )
    node = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": local,
        "dateModified": changed,
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name},
        "mainEntityOfPage": base + publisher.path(story),
        "articleSection": story.section,
        "inLanguage": story.language,
    }
    return json.dumps(node, ensure_ascii=False).replace("</", "<\\/")
