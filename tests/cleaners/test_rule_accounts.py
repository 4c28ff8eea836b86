"""What pages print about accounts, passwords and codes, and the prose that speaks of them."""

import pytest

from cleaners.rules import line_rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Check your junk folder if the letter does not show up.", "login/en"),
        ("We have sent you an email. Its link is good for an hour.", "login/en"),
        ("This username is already taken.", "login/en"),
        ("Your password must be nine characters long.", "login/en"),
        ("Wenn Sie nach einer Stunde keinen Code erhalten haben, rufen Sie an.", "login/de"),
        ("Diese Handynummer ist bereits vergeben.", "login/de"),
        ("Wir haben Ihnen soeben eine SMS geschickt.", "login/de"),
        ("Vérifiez votre dossier spam, par prudence.", "login/fr"),
        ("Votre compte a bien été créé.", "login/fr"),
        ("Revisa tu carpeta de spam.", "login/es"),
        ("Las contraseñas no coinciden", "login/es"),
        ("Este e-mail já está cadastrado.", "login/pt"),
        ("La tua password è stata modificata.", "login/it"),
        ("Dit e-mailadres is al in gebruik.", "login/nl"),
        ("Hasło musi zawierać cyfrę.", "login/pl"),
        ("Проверьте папку «Спам».", "login/ru"),
        ("Перевірте папку «Спам».", "login/uk"),
        ("Vi har skickat ett mejl till dig.", "login/sv"),
        ("Passordet er endret", "login/no"),
        ("Bekræft din e-mail", "login/da"),
        ("Tarkista myös roskaposti.", "login/fi"),
        ("Bu kullanıcı adı zaten alınmış.", "login/tr"),
        ("Zkontrolujte složku spam.", "login/cs"),
        ("Ellenőrizze a spam mappát.", "login/hu"),
        ("Parola trebuie să aibă opt semne.", "login/ro"),
        ("Σας στείλαμε έναν κωδικό", "login/el"),
        ("パスワードが一致しません", "login/ja"),
        ("비밀번호가 일치하지 않습니다", "login/ko"),
        ("验证码已发送", "login/zh"),
        ("يرجى التحقق من مجلد البريد العشوائي", "login/ar"),
        ("Email sudah terdaftar", "login/id"),
        ("Bitte markieren Sie die entsprechenden Wörter im Text.", "comment/de"),
        ("Zum Twittern klicken", "share/de"),
    ],
)
def test_line_about_an_account_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "We have sent you the ferry, the mayor told the islanders, so use it.",
        "Your account of the storm was the best that we printed, the editor wrote.",
        "Check your brakes before the descent, for the road is steep.",
        "Wenn Sie nach Hause kommen, steht die Fähre noch am Kai, sagte der Fährmann.",
        "Wir haben Ihnen nichts zu sagen, rief der Hafenmeister den Reportern zu.",
        "Ihr Konto ist leer, doch die Genossenschaft der Fischer gibt nicht auf.",
        "Votre pont a été construit en 1954, rappelle le maire.",
        "Si no ha llovido en mayo, el río baja sin agua, dice el guarda.",
    ],
)
def test_prose_that_begins_so_stays(line: str) -> None:
    assert line_rule(line) is None
