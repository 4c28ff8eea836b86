"""Republic World, with its Hindi edition."""

from cleaners.site import Layout, Site

SITE = Site(
    name="republicworld",
    domains=("republicworld.com",),
    layouts=(
        Layout(
            body="#descwithads, .storyContent",
            lead=".storyTitle + h2",
            captions=("#descwithads figcaption", ".storyContent figcaption"),
        ),
        Layout(
            body=".storytext",
            lead="h2.story-description",
            title="h1.story-title",
            author=".author a span",
            drop=(".videoWrapper", ".ads-wrapper"),
            captions=(".embedpicture", ".storypicture"),
        ),
    ),
    cut_inline=(
        # "… to hold talks. READ | Headline of another story", to the end of the paragraph
        r"\s*\b(?:ALSO\s+)?(?:READ|WATCH|LISTEN)\s*\|\s.*",
    ),
    drop_lines=(
        r"Get (?:the latest|[Cc]urrent [Uu]pdates on) .{20,400}",
        r"Also (?:Read|Watch) - .{5,200}",
    ),
    timezone="Asia/Kolkata",
    agencies=("Republic World", "Republic", "Republic Desk", "Digital Desk"),
)
