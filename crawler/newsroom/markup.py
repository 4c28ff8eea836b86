"""Stories as the publishers' HTML."""

from html import escape
from itertools import groupby

from crawler.newsroom.publisher import Publisher, slugify
from crawler.newsroom.story import EMPHASIS, LINK, Part, Story

RUNS = {"li": "list", "row": "table"}


def body_html(publisher: Publisher, story: Story) -> str:
    """Return the body of *story*, noise and all.

    A ``card`` opens the paragraph that follows it, as it does on old Sputnik pages; a ``read``
    ends the paragraph before it.
    """
    blocks: list[str] = []
    card = ""
    for kind, run in groupby(story.parts, key=lambda part: part.kind):
        htmls = [part_html(publisher, story, part) for part in run]
        if kind == "card":
            card = "".join(htmls)
        elif kind == "read":
            blocks[-1] = blocks[-1].removesuffix("</p>") + "".join(htmls) + "</p>"
        elif kind in RUNS:
            blocks.append(publisher.forms[RUNS[kind]].format("".join(htmls)))
        else:
            blocks.append(htmls[0].replace("<p>", f"<p>{card}", 1))
            blocks.extend(htmls[1:])
            card = ""
    return "\n".join(blocks)


def part_html(publisher: Publisher, story: Story, part: Part) -> str:
    """Return one block."""
    if part.kind == "row":
        row = "".join(publisher.forms["cell"].format(inline_html(cell)) for cell in part.fields)
        return publisher.forms["row"].format(row)
    fields = [inline_html(field) for field in part.fields]
    href = publisher.some_path(part.fields[0])
    return publisher.forms[part.kind].format(*fields, href=href, image=image_path(story))


def inline_html(text: str) -> str:
    """Return *text* escaped, with its marks of emphasis and links as elements."""
    return LINK.sub(r'<a href="\2">\1</a>', EMPHASIS.sub(r"<em>\1</em>", escape(text)))


def image_path(story: Story) -> str:
    """Return the address of the picture; the date in it is hexadecimal, as Sputnik has it."""
    day = story.published
    return f"/img/{day.year:04x}/{day.month:02x}/{day.day:02x}/{story.serial}.jpg"


def hero_html(publisher: Publisher, story: Story, form: str) -> str:
    """Return the picture on top, or only its credit, as *form* of the publisher has it."""
    if form not in publisher.forms:
        return ""
    return publisher.forms[form].format(*map(escape, story.hero), image=image_path(story))


def names_html(publisher: Publisher, form: str, names: tuple[str, ...], between: str) -> str:
    """Return *names* as links to a page of their own."""
    links = (publisher.forms[form].format(escape(name), slug=slugify(name)) for name in names)
    return between.join(links)


def related_html(publisher: Publisher, story: Story) -> str:
    """Return the headlines under *story*: its own, else those of two other stories."""
    others = [other.title for other in publisher.stories if other is not story]
    form = publisher.forms["related"]
    titles = story.related or others[:2]
    return "\n".join(form.format(escape(one), href=publisher.some_path(one)) for one in titles)


def comments_html(publisher: Publisher, story: Story) -> str:
    """Return what readers wrote under *story*."""
    return "\n".join(
        publisher.forms["comment"].format(escape(name), escape(text))
        for name, text in story.comments
    )


def item_html(publisher: Publisher, story: Story, form: str = "item") -> str:
    """Return *story* as an entry of a list."""
    local = story.published.astimezone(publisher.zone)
    return publisher.forms[form].format(
        escape(story.title),
        escape(story.lead),
        href=publisher.path(story),
        iso=local.isoformat(),
        day=publisher.day.format(local),
        clock=f"{local:%H:%M}",
    )
