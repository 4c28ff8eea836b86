"""Boilerplate as publishers print it in many languages, and the prose that reads like it."""

import pytest

from cleaners.rules import cut_inline, line_rule, tail_rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Pročitajte i: Trajekt u muzeju", "related/hr"),
        ("Прочитајте још: Трајект у музеју", "related/sr"),
        ("Preberite tudi: Trajekt v muzeju", "related/sl"),
        ("Prečítajte si aj: Kompa v múzeu", "related/sk"),
        ("Прочетете още: Фериботът е в музея", "related/bg"),
        ("Skaitykite taip pat: Keltas muziejuje", "related/lt"),
        ("Lasi arī: Prāmis muzejā", "related/lv"),
        ("Loe ka: Parvlaev muuseumis", "related/et"),
        ("Lestu einnig: Ferjan á safni", "related/is"),
        ("Lexo edhe: Trageti në muze", "related/sq"),
        ("আরও পড়ুন: ফেরি জাদুঘরে", "related/bn"),
        ("مزید پڑھیں: کشتی عجائب گھر میں", "related/ur"),
        ("இதையும் படிக்க: படகு அருங்காட்சியகத்தில்", "related/ta"),
        ("हेही वाचा: बोट संग्रहालयात", "related/mr"),
        ("Baca lagi: Feri di muzium", "related/ms"),
        ("Soma zaidi: Kivuko makumbushoni", "related/sw"),
        ("FUNDA KABANZI | Isikebhe emnyuziyamu", "related/zu"),
        ("Et pot interessar", "related/ca"),
        ("Irakurri gehiago", "related/eu"),
        ("Darllen mwy", "related/cy"),
        ("Svi komentari, 12 komentara", None),
        ("12 komentara", "comment/hr"),
        ("Posodobljeno: 3. 5. 2024", "date/sl"),
        ("Skaitymo laikas: 3 min.", "date/lt"),
        ("Vrijeme čitanja: 3 min", "date/hr"),
        ("Sva prava pridržana.", "copyright/hr"),
        ("Všetky práva vyhradené © Príklad", "copyright/sk"),
        ("Снимка: Анна Пример", "credit/bg"),
        ("Jonas Pavyzdys nuotr.", "credit/lt"),
        ("Ljósmynd/Anna Dæmi", "credit/is"),
        ("Kľúčové slová: kompa, múzeum", "tags/sk"),
        ("Следвайте ни във Facebook и Instagram", "follow/bg"),
    ],
)
def test_line_is_known_in_its_language(line: str, rule: str | None) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Povezane vijesti", "related/hr"),
        ("Súvisiace články", "related/sk"),
        ("Свързани новини", "related/bg"),
        ("Saistītie raksti", "related/lv"),
        ("সম্পর্কিত খবর", "related/bn"),
        ("Komentarai", "comment/lt"),
        ("Media contacts:", "contact/en"),
        ("Pressekontakt:", "contact/de"),
        ("Contact presse", "contact/fr"),
        ("Ufficio stampa", "contact/it"),
    ],
)
def test_heading_behind_the_article_is_known_in_its_language(line: str, rule: str) -> None:
    assert tail_rule(line) == rule


@pytest.mark.parametrize(
    ("promo", "rule"),
    [
        ("PROČITAJTE I: Trajekt je u muzeju", "read/hr"),
        ("Прочетете още: Фериботът е в музея", "read/bg"),
        ("Skaitykite taip pat: Keltas jau muziejuje", "read/lt"),
        ("Lees ook: Veerboot nou in museum", "read/nl"),
        ("আরও পড়ুন: ফেরি এখন জাদুঘরে", "read/bn"),
        ("Click To Tweet", "share/en"),
        ("Zum Twittern klicken", "share/de"),
    ],
)
def test_promo_behind_the_last_sentence_is_cut_in_its_language(promo: str, rule: str) -> None:
    assert cut_inline(f"The bridge holds. {promo}") == ("The bridge holds.", (rule,))


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("(ANI)", "credit/any"),
        ("(APA/dpa)", "credit/any"),
        ("（中央社）", "credit/any"),
        ("dpa-infocom, dpa:210518-99-123456/3", "credit/de"),
        ("Mit Informationen von dpa und AFP", "byline/de"),
        ("Avec AFP", "byline/fr"),
        ("Über dieses Thema berichtete der Hafenfunk am 1. Mai um 6 Uhr.", "byline/de"),
        ("Pressekontakt: Erika Muster, Telefon 0123 456", "contact/de"),
        ("For media enquiries, please contact Jo Strand at jo@example.com", "contact/en"),
        ("Original-Content von: Muster AG, übermittelt durch Beispiel", "contact/de"),
        ("Als bevorzugte Quelle auf Google hinzufügen", "follow/de"),
        ("Choose us as your preferred source on Google", "follow/en"),
        ("Alle Entwicklungen im Liveblog:", "related/de"),
        ("Mehr zum Hafen lesen Sie in unserem Liveblog:", "related/de"),
        ("Dieser Text erschien zuerst im Hafenboten.", "copyright/de"),
        ("Anmerkung der Redaktion: Wir haben den Namen der Fähre geändert.", "copyright/de"),
        ("Read our full Harbour Lamp 2 review", "ad/en"),
        ("$129 at Amazon", "ad/en"),
        ("Get a Quote (212) 555-0100", "ad/en"),
        ("Was this newsletter forwarded to you? Sign up here.", "newsletter/en"),
        ("Beitragsnavigation", "nav/de"),
        ("Navegación de entradas", "nav/es"),
        ("Gefällt mir Lade …", "share/de"),
        ("Borítókép: Példa Anna", "credit/hu"),
        ("Sursa foto: Agenția Exemplu", "credit/ro"),
        ("Actualizat la 3 mai 2024", "date/ro"),
        ("צילום: אנה דוגמה", "credit/he"),
        ("کد خبر: 123456", "date/fa"),
        ("Theo Reuters", "credit/vi"),
        ("ที่มา: สำนักข่าวตัวอย่าง", "credit/th"),
        ("（图片来源：示例社）", "credit/zh"),
        ("Bitte melden Sie sich an, um einen Kommentar zu schreiben.", "comment/de"),
        ("Une erreur est survenue. Veuillez réessayer.", "login/fr"),
        ("Wystąpił błąd. Spróbuj ponownie później.", "login/pl"),
        ("Dieser Text wurde automatisch übersetzt und von der Redaktion geprüft.", "copyright/de"),
        ("Cet article a été traduit par une intelligence artificielle.", "copyright/fr"),
        ("Soutenez notre journal : faites un don aujourd’hui.", "ad/fr"),
        ("Поддержите независимую редакцию", "ad/ru"),
    ],
)
def test_kind_of_boilerplate_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "Mehr Reisende finden hier Arbeit als im Winter.",
        "Die Sendung läuft am Samstag um 20.15 Uhr und zeigt den Hafen.",
        "Das Bild der Fähre wurde auf Instagram und Facebook geteilt.",
        "Der Artikel wurde in einem Fachblatt veröffentlicht.",
        "Ihr Beitrag zur Rettung der Fähre wurde gewürdigt.",
        "Une erreur de cap a coûté la course au bateau.",
        "Notre ville compte deux ports.",
        "Entre os membros do grupo estava o capitão da barca.",
        "Entra nel gruppo di lavoro anche il porto.",
        "L’articolo è stato pubblicato su una rivista di marina.",
        "动物园的渡轮上有一张照片。",
        "動画は三日間で百万回見られた。",
        "Следите за давлением в котле.",
        "تابع القبطان حديثه لقناة محلية.",
        "A gift of ten pounds helps the ferrymen paint a boat.",
        "Video-on-demand reached the island in May.",
        "Location: Pier 4, behind the old mill",
        "UP NEXT",
        "44 Stimmen",
        "9/11",
    ],
)
def test_prose_that_reads_like_boilerplate_stays(line: str) -> None:
    assert line_rule(line) is None
