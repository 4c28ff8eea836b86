"""What a layout says of the elements of a page."""

from cleaners.site import Layout
from cleaners.tree import Node, select

BODY, LEAD, CAPTION, DROP = "body", "lead", "caption", "drop:"


def zones_of(root: Node, layout: Layout) -> dict[int, str]:
    """Map the `mem_id` of what *layout* finds to its zone; what is dropped stays so."""
    zones: dict[int, str] = {}
    for zone, selectors in (
        (BODY, (layout.body,)),
        (LEAD, (layout.lead,) if layout.lead else ()),
        (CAPTION, layout.captions),
    ):
        for selector in selectors:
            zones.update((element.mem_id, zone) for element in select(selector)(root))
    for selector in layout.drop:
        dropped = f"{DROP}{selector}"
        for element in select(selector)(root):
            zones[element.mem_id] = dropped
            below = [each.mem_id for each in element.traverse()]
            zones.update((place, dropped) for place in below if place in zones)
    return zones
