"""One sheet more, as it is taken down at the door: no tax ids, and names as people write them."""

import re

from minka.cli.demo.actors import DemoSheet
from minka.cli.demo.ecosystem import plain_text

PEOPLE_KNOWN = 40
HEADERS = ("Empresa", "Tipo", "Rubro", "Región", "Distrito", "Teléfono", "Correo")
TAKEN_FROM = ("Razón social", "Tipo de actor", "Rubro", "Región", "Distrito", "Teléfono")
MAIL = "Correo electrónico"
LEGAL_FORM = re.compile(r"\s(S\.A\.C\.|S\.A\.A\.|S\.A\.|E\.I\.R\.L\.|S\.R\.L\.)$")
LEFT_OUT = ((), (5,), (2, 6), (2, 4, 6))  # positions in HEADERS: people do not fill in everything
SHORT = {"Servicios": "Serv.", "Ingeniería": "Ing.", "Maquinaria": "Maq.", "Comercial": "Com."}


def attendance_sheet(chamber: DemoSheet) -> DemoSheet:
    """Return who signed in at a workshop: members of the chamber, each as one would scribble it."""
    column = {header: chamber.headers.index(header) for header in (*TAKEN_FROM, MAIL)}
    step = len(chamber.rows) // PEOPLE_KNOWN
    rows = []
    for number, row in enumerate(chamber.rows[::step][:PEOPLE_KNOWN]):
        name, *others = (row[column[header]] for header in TAKEN_FROM)
        cells = [_scribbled(name, number), *others, row[column[MAIL]]]
        for position in LEFT_OUT[number % 4]:
            cells[position] = ""
        rows.append(tuple(cells))
    return DemoSheet(
        "Asistentes al taller de proveedores",
        "Who came to the workshop of suppliers",
        "taller_de_proveedores_asistentes.csv",
        HEADERS,
        tuple(rows),
    )


def _scribbled(name: str, number: int) -> str:
    """Write a name without its legal form, shortened, with a slip, or in capitals."""
    bare = LEGAL_FORM.sub("", name)
    words = bare.split()
    if number % 4 == 0:
        return plain_text(bare).upper()
    if number % 4 == 1:
        return " ".join(SHORT.get(word, word) for word in words)
    if number % 4 == 2 and len(words) > 2:
        return " ".join(words[:-1])
    longest = max(words, key=len)
    return bare.replace(longest, longest[:-2] + longest[-1], 1)
