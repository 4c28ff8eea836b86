"""El País and its editions."""

from cleaners.site import Layout, Site

SITE = Site(
    name="elpais",
    domains=("elpais.com",),
    timezone="Europe/Madrid",
    layouts=(
        Layout(
            body='[data-dtm-region="articulo_cuerpo"], div.article_body',
            lead=".a_st",
            captions=("figcaption.a_m_p",),
            drop=(".a_m_m",),
        ),
        Layout(  # until 2020
            body="#cuerpo_noticia",
            lead=".articulo-subtitulo",
            captions=("figcaption.foto-pie",),
            drop=(
                ".foto-firma",
                ".sumario_apoyos",  # "Más información"
                ".sumario_html .texto_grande",  # pull quote
                "p.nota_pie",  # where to write to and what to subscribe to
            ),
        ),
    ),
    drop_lines=(
        r"Si(?:gue|ga) toda la información .+ en .+",
        r"Puedes? seguir a EL PAÍS .+",
        r"(?:Apúnt(?:a|e)|Suscríb(?:e|a))(?:te|se) .*(?:newsletter|boletín).*",
    ),
)
