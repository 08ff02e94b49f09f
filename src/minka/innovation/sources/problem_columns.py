"""How people name the columns of a sheet of problems, in Spanish and English."""

from collections.abc import Sequence

from minka.methods.text import search_key

# the column of a problem, and what people write above it; the first that fits wins
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("titulo", "problema", "nombre del problema", "title", "problem", "reto", "desafio"),
    "title_other": ("titulo en ingles", "title in english", "titulo en el otro idioma"),
    "what_happens": (
        "que pasa", "descripcion", "descripcion del problema", "detalle", "situacion",
        "what happens", "description", "detail",
    ),
    "site": ("sitio", "unidad", "operacion", "unidad minera", "mina", "sede", "site", "operation"),
    "user_area": (
        "area", "area usuaria", "gerencia", "superintendencia", "user area", "department",
    ),
    "sponsor": ("patrocinador", "responsable", "sponsor", "dueno", "owner", "lider"),
    "stage": (
        "etapa", "proceso", "cadena de valor", "etapa de la cadena de valor", "lugar en la cadena",
        "stage", "process", "value chain",
    ),
    "themes": ("temas", "tema", "tecnologia", "themes", "theme", "topic"),
    "baseline_value": ("linea base", "valor actual", "cifra actual", "baseline", "current value"),
    "baseline_unit": ("unidad de medida", "unidad de la linea base", "unit"),
    "baseline_source": ("fuente", "fuente del dato", "source"),
    "yearly_cost_usd": (
        "costo anual", "costo anual usd", "costo al ano", "costo por ano", "costo usd", "costo",
        "impacto economico", "perdida anual", "yearly cost", "annual cost", "cost", "cost usd",
        "cost per year",
    ),
    "cost_basis": ("como se conoce el costo", "sustento", "base del costo", "cost basis"),
    "systems": ("sistemas", "sistemas actuales", "equipos", "systems", "current systems"),
    "tried": (
        "que se intento", "intentos", "soluciones probadas", "que se probo", "acciones realizadas",
        "tried", "what was tried",
    ),
    "constraint_hse": ("seguridad", "hse", "seguridad y medio ambiente", "safety"),
    "constraint_altitude": ("altitud", "altura", "clima", "altitude"),
    "constraint_connectivity": ("conectividad", "internet", "connectivity"),
    "constraint_shifts": ("turnos", "paradas", "shifts"),
    "constraints_text": ("restricciones", "limitaciones", "condiciones", "constraints"),
    "sought": ("que se busca", "que se necesita", "solucion esperada", "sought", "need"),
    "not_sought": ("que no se busca", "fuera de alcance", "not sought", "out of scope"),
    "success_measure": (
        "medida de exito", "indicador", "kpi", "como se mide el exito", "exito", "success measure",
        "success",
    ),
    "success_value": ("meta", "umbral", "valor meta", "target", "threshold"),
    "success_unit": ("unidad de la meta", "target unit"),
    "trl_entry": ("trl", "trl de entrada", "trl minimo", "trl entry"),
    "trl_exit": ("trl de salida", "trl final", "trl exit"),
    "data_offered": ("datos", "datos disponibles", "data", "data available"),
    "samples_offered": ("muestras", "samples"),
    "pilot_site": ("piloto", "lugar de piloto", "sitio piloto", "pilot", "pilot site"),
    "urgency": ("urgencia", "prioridad", "urgency", "priority"),
    "objective": ("objetivo", "objetivo estrategico", "strategic objective", "objective"),
}  # fmt: skip


def columns_of(headers: Sequence[str]) -> list[str]:
    """Return which column of a problem each header means, empty where it means none.

    A header fits by its whole name, else by beginning with one of five letters or more; each
    column of a problem is taken once, by the header that fits best and stands first.
    """
    keys = [search_key(one) for one in headers]
    found = [""] * len(keys)
    for fits in (_is_name, _begins_with_name):
        for column, names in NAMES.items():
            if column in found:
                continue
            for index, key in enumerate(keys):
                if key and not found[index] and fits(key, names):
                    found[index] = column
                    break
    return found


def _is_name(key: str, names: tuple[str, ...]) -> bool:
    return key in names


def _begins_with_name(key: str, names: tuple[str, ...]) -> bool:
    return any(len(name) >= 5 and key.startswith(f"{name} ") for name in names)
