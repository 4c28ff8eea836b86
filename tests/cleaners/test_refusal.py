import pytest

from cleaners import NoContentError, NotAnArticleError, clean
from tests.cleaners.pages import PROSE, article, page, paragraphs

URL = "https://example.org/a"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("404 – Page not found", "The page you are looking for has moved. Try the search."),
        ("Seite nicht gefunden", "Leider gibt es hier nichts. Zur Startseite geht es oben."),
        ("Page introuvable", "Cette adresse ne mène nulle part. Revenez à la page d'accueil."),
        ("Just a moment...", "Checking your browser before you go on. This takes a few seconds."),
        ("Access denied", "You have no permission to open this page on this server right now."),
        ("Log in to continue reading", "Enter your name and your password to go on."),
        ("Anmelden", "Bitte geben Sie Ihren Namen und Ihr Kennwort ein, um fortzufahren."),
        ("Before you continue", "We and our partners use cookies and ask for your consent."),
    ],
)  # fmt: skip
def test_wall_is_named_and_never_an_article(title: str, text: str) -> None:
    body = f"<main><h1>{title}</h1>{paragraphs(text)}</main>"
    with pytest.raises(NotAnArticleError, match=URL):
        clean(page(body, head=f"<title>{title}</title>"), URL)


def test_consent_text_alone_is_a_wall() -> None:
    consent = (
        "We and our partners store cookies and process personal data with your consent.",
        "Withdraw consent in the privacy settings; our partners rely on legitimate interest.",
        "Cookies let us show personalised ads; read our privacy policy on consent and tracking.",
    )
    with pytest.raises(NotAnArticleError, match="consent wall"):
        clean(page(f"<main>{paragraphs(*consent)}</main>"), URL)


def test_brief_news_beside_a_known_dialog_is_an_article() -> None:
    dialog = ("We and our partners store cookies and process personal data with your consent.",) * 3
    news = "The ferry to Oxley runs again on Monday, the harbour office said in the evening."
    assert clean(page(f"<main>{paragraphs(news, *dialog)}</main>"), URL).text == news


def test_report_about_a_missing_page_is_an_article() -> None:
    head = "<title>404 ways to cook a potato</title><meta property='og:type' content='article'>"
    body = f"<article><h1>404 ways to cook a potato</h1>{paragraphs(*PROSE)}</article>"
    assert clean(page(body, head=head), URL).title == "404 ways to cook a potato"


@pytest.mark.parametrize("body", ["", "<p>Hello</p>", "<nav><a href=/>Home</a></nav>"])
def test_page_without_article_text_is_refused(body: str) -> None:
    with pytest.raises(NoContentError, match=URL):
        clean(page(body), URL)


def test_section_front_is_refused() -> None:
    links = "".join(
        f"<p><a href=/{n}>Headline number {n} tells of a boat that left {n} hours late</a></p>"
        for n in range(12)
    )
    with pytest.raises(NoContentError, match="section front"):
        clean(page(f"<main>{links}</main>"), URL)


def test_short_news_in_chinese_is_an_article() -> None:
    text = "渡轮公司星期一宣布，今年冬天早班船将推迟一小时开航，以配合学校的新时间表。"
    body = f"<article><h1>早班船推迟</h1><p>{text}</p></article>"
    assert clean(page(body, lang="zh"), URL).text == text


def test_article_is_not_refused() -> None:
    assert clean(article(), URL).text == "\n\n".join(PROSE)
