"""What pages say of themselves: accounts, players, blockers of adverts; and prose about these."""

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
        ("Reset Password", "login/en"),
        ("Confirm your new password", "login/en"),
        ("Restablecer contraseña", "login/es"),
        ("Réinitialiser le mot de passe", "login/fr"),
        ("Zresetuj hasło", "login/pl"),
        ("Wachtwoord opnieuw instellen", "login/nl"),
        ("Восстановить пароль", "login/ru"),
        ("Quên mật khẩu", "login/vi"),
        ("Bitte markieren Sie die entsprechenden Wörter im Text.", "comment/de"),
        ("Zum Twittern klicken", "share/de"),
    ],
)
def test_line_about_an_account_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Video Player is loading", "nav/en"),
        ("Ihr Browser unterstützt keine Tonaufnahmen, die nicht von hier sind.", "nav/de"),
        ("Votre navigateur ne supporte pas le son.", "nav/fr"),
        ("Tu navegador no soporta este audio.", "nav/es"),
        ("Din webbläsare stöder inte ljud.", "nav/sv"),
        ("記事を聞く", "nav/ja"),
        ("기사 읽어주기", "nav/ko"),
        ("We noticed that you use an ad blocker", "ad/en"),
        ("Désactivez votre bloqueur, puis rechargez la page.", "ad/fr"),
        ("Prosimy wyłączyć AdBlock", "ad/pl"),
        ("AI-generated summary", "copyright/en"),
        ("Diese Zusammenfassung wurde von einer KI geschrieben.", "copyright/de"),
        ("Este resumen fue generado por IA", "copyright/es"),
        ("You have two free articles left, neighbour.", "paywall/en"),
        ("Endast för prenumeranter", "paywall/sv"),
        ("Sadece aboneler okuyabilir", "paywall/tr"),
        ("本文仅限会员阅读", "paywall/zh"),
        ("Włącz powiadomienia", "push/pl"),
        ("Увімкніть сповіщення", "push/uk"),
        ("알림 받기", "push/ko"),
        ("Möchten Sie eine Push-Nachricht bekommen?", "push/de"),
        ("Manage your cookie settings", "consent/en"),
        ("Listen on Spotify", "app/en"),
        ("Found a typo in this text? Tell us.", "comment/en"),
    ],
)
def test_line_about_the_page_itself_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Keep me signed in on this boat", "login/en"),
        ("By registering, you agree to the rules of the harbour.", "login/en"),
        ("Mit Google anmelden", "login/de"),
        ("Mit der Anmeldung stimmen Sie den Regeln des Hafens zu.", "login/de"),
        ("Pas encore inscrit ?", "login/fr"),
        ("En vous inscrivant, vous acceptez le règlement du port.", "login/fr"),
        ("Recuérdame", "login/es"),
        ("Não tem conta? Registe-se no porto", "login/pt"),
        ("Accedi con Google", "login/it"),
        ("Vul een geldig e-mailadres in", "login/nl"),
        ("Nie masz konta?", "login/pl"),
        ("Войти через Google", "login/ru"),
        ("Немає акаунта?", "login/uk"),
        ("Glömt lösenordet?", "login/sv"),
        ("Logg inn med Google", "login/no"),
        ("Husk mig", "login/da"),
        ("Muista minut", "login/fi"),
        ("Google ile giriş yap", "login/tr"),
        ("Zapomněli jste heslo?", "login/cs"),
        ("Emlékezz rám", "login/hu"),
        ("Ține-mă minte", "login/ro"),
        ("Να με θυμάσαι", "login/el"),
        ("ログイン状態を保持する", "login/ja"),
        ("로그인 상태 유지", "login/ko"),
        ("忘记密码？", "login/zh"),
        ("Buat akun", "login/id"),
        ("Đăng ký tài khoản", "login/vi"),
    ],
)
def test_line_of_a_form_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("Use precise geolocation data", "consent/en"),
        ("We and our 12 partners store cookies in the harbour office.", "consent/en"),
        ("These cookies allow us to count the ferries.", "consent/en"),
        ("Messung der Werbeleistung", "consent/de"),
        ("Wir und unsere 12 Partner verarbeiten Daten.", "consent/de"),
        ("Développer et améliorer les services", "consent/fr"),
        ("Nous et nos 12 partenaires utilisons des traceurs.", "consent/fr"),
        ("Medir el rendimiento del contenido", "consent/es"),
        ("Sviluppare e perfezionare i servizi", "consent/it"),
        ("Advertentieprestaties meten", "consent/nl"),
        ("Pomiar efektywności reklam", "consent/pl"),
        ("Medir o desempenho da publicidade", "consent/pt"),
        ("Mäta annonsprestanda", "consent/sv"),
        ("Måle annonseytelse", "consent/no"),
        ("Altid aktiv", "consent/da"),
        ("Hylkää kaikki", "consent/fi"),
        ("Vždy aktivní", "consent/cs"),
        ("Összes elutasítása", "consent/hu"),
        ("Respinge tot", "consent/ro"),
        ("Απόρριψη όλων", "consent/el"),
        ("Her zaman aktif", "consent/tr"),
    ],
)
def test_line_of_a_consent_dialog_is_known(line: str, rule: str) -> None:
    assert line_rule(line) == rule


@pytest.mark.parametrize(
    "line",
    [
        "Ingen bruker bilen lenger, sier fergemannen på kaia.",
        "Pas un bateau n’est sorti du port depuis lundi.",
        "No tiene cuenta pendiente con el río, dice la alcaldesa.",
        "These cookies are delicious, the baker said.",
        "Wir und unsere Partner haben gewonnen, sagte der Trainer.",
        "Get full marks for the bridge, the teacher told her class, and you may go home.",
        "The opinions expressed at the harbour hearing ranged from joy to fury.",
        "You have two ferries left this evening, the loudspeaker said.",
        "Scroll saws were sold at the market, beside nets and ropes.",
        "Las opiniones de los pescadores cambiaron con la marea.",
        "– Vi har sendt en mail til havnen, siger færgemanden.",
        "– Vi har sendt en e-post til kommunen, sier hun.",
        "– Vi har skickat ett mejl till hamnen, säger han.",
        "– Lähetimme satamaan sähköpostin, lauttamies kertoo.",
        "Отправили письмо в порт жители трёх деревень.",
        "Уже подписаны договоры на два новых парома.",
        "Hemos enviado un correo a su oficina, dice la alcaldesa.",
        "— Enviamos um e-mail ao porto, diz o barqueiro.",
        "Kun medlemmer af foreningen kan stemme om broen.",
        "– Mi és partnereink építettük a hidat, mondta a polgármester.",
        "Wenn Sie die E-Mail des Hafens erhalten haben, steht darin die Uhrzeit.",
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
