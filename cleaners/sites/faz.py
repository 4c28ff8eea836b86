"""Frankfurter Allgemeine Zeitung."""

import datetime as dt

from cleaners.site import Layout, Site

SITE = Site(
    name="faz",
    domains=("faz.net",),
    timezone="Europe/Berlin",
    agencies=("Frankfurter Allgemeine Zeitung GmbH", "F.A.Z."),
    layouts=(
        Layout(
            body='[data-external-selector="body-elements"]',
            lead='[data-external-selector="header-teaser"]',
            title="h1",
            captions=(
                '[data-external-selector="article-header"] div.meta2 > span.meta2',
                '[data-external-selector="body-elements"] figure span',
            ),
            drop=(
                '[data-external-selector="related-articles"]',
                '[data-external-selector="body-elements"] figure small',
            ),
        ),
        Layout(
            until=dt.date(2025, 2, 26),
            body="div.body-elements",
            lead="div.header-teaser",
            title="h1",
            captions=("div.header-teaser__image-details > span", "div.body-elements figure span"),
            drop=("div.related-articles", "div.body-elements figure em"),
        ),
        Layout(
            until=dt.date(2024, 4, 15),
            body="div.atc-Text",
            lead="p.atc-IntroText",
            title="h1",
            captions=(".atc-ImageDescriptionText",),
            drop=("div.atc-ContainerInfo", "aside.atc-ContainerMore"),
        ),
    ),
)
