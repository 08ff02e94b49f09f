"""The usual rubric of a challenge: criteria of both gates with their scales, and the checks.

Every draft begins with it, in both languages, for the team to adapt. Kept with each challenge as
it was adapted: a change here changes no challenge that exists.
"""

from collections.abc import Mapping, Sequence

from minka.innovation.states import CheckKind, Gate

USUAL_CRITERIA: Sequence[Mapping[str, str | int]] = (
    {
        "gate": Gate.TECHNICAL, "weight": 20,
        "name_es": "Evidencia de desempeño", "name_en": "Evidence of performance",
        "meaning_es": "Qué tan demostrado está que la solución resuelve el problema planteado.",
        "meaning_en": "How well it is shown that the solution solves the stated problem.",
        "low_es": "Solo afirmaciones; no hay datos ni pruebas que se puedan revisar.",
        "low_en": "Claims only; there are no data or tests that could be checked.",
        "high_es": "Medida en una operación minera comparable, con datos y método a la vista.",
        "high_en": "Measured in a comparable mining operation, with data and method in sight.",
    },
    {
        "gate": Gate.TECHNICAL, "weight": 15,
        "name_es": "Solidez técnica", "name_en": "Technical soundness",
        "meaning_es": "Si el principio, el diseño y los límites están bien fundados.",
        "meaning_en": "Whether principle, design and limits of the solution are well founded.",
        "low_es": "El principio no se explica o contradice lo que se conoce.",
        "low_en": "The principle is not explained, or contradicts what is known.",
        "high_es": "Principio claro, límites declarados y riesgos técnicos con respuesta.",
        "high_en": "A clear principle, stated limits, and technical risks with an answer.",
    },
    {
        "gate": Gate.TECHNICAL, "weight": 15,
        "name_es": "Plan y equipo del piloto", "name_en": "Plan and team of the pilot",
        "meaning_es": "Si el plan, los hitos y las personas alcanzan para lo que se promete.",
        "meaning_en": "Whether plan, milestones and people suffice for what is promised.",
        "low_es": "Sin hitos medibles o sin personas que ya lo hayan hecho.",
        "low_en": "No measurable milestones, or nobody who has done it before.",
        "high_es": "Hitos medibles con responsable; el equipo ya llevó pilotos a término.",
        "high_en": "Measurable milestones with an owner; the team has completed pilots before.",
    },
    {
        "gate": Gate.OPERATIONAL, "weight": 20,
        "name_es": "Ajuste a la operación", "name_en": "Fit with the operation",
        "meaning_es": "Si puede trabajar en el lugar: altura, espacio, energía, turnos, sistemas.",
        "meaning_en": "Whether it can work on site: altitude, space, power, shifts, systems.",
        "low_es": "Exige parar el proceso o condiciones que el lugar no tiene.",
        "low_en": "It needs the process stopped, or conditions that the site lacks.",
        "high_es": "Se instala en una parada programada y funciona en las condiciones del lugar.",
        "high_en": "Installed in a planned stop, and works in the conditions of the site.",
    },
    {
        "gate": Gate.OPERATIONAL, "weight": 15,
        "name_es": "Beneficio frente al costo", "name_en": "Benefit against cost",
        "meaning_es": "Lo que ahorra o aporta al área usuaria frente a lo que cuesta tenerla.",
        "meaning_en": "What it saves or adds for the user area against what it costs to have it.",
        "low_es": "El beneficio no se puede calcular o no cubre el costo.",
        "low_en": "The benefit cannot be reckoned, or does not cover the cost.",
        "high_es": "Se paga en menos de un año con cifras de la propia operación.",
        "high_en": "It pays for itself within a year, by figures of the operation itself.",
    },
    {
        "gate": Gate.OPERATIONAL, "weight": 15,
        "name_es": "Soporte y continuidad", "name_en": "Support and continuity",
        "meaning_es": "Quién la opera, la mantiene y la repara después del piloto.",
        "meaning_en": "Who operates, maintains and repairs it after the pilot.",
        "low_es": "Depende de una persona o de repuestos sin plazo de entrega.",
        "low_en": "It hangs on one person, or on spares without a delivery time.",
        "high_es": "Soporte en el país, repuestos con plazo y capacitación del personal.",
        "high_en": "Support in the country, spares with a delivery time, and staff trained.",
    },
)  # fmt: skip

USUAL_CHECKS: Sequence[tuple[CheckKind, str, str]] = (
    (
        CheckKind.HSE,
        (
            "¿Están identificados los peligros del piloto y sus controles, según el reglamento de "
            "seguridad y salud ocupacional en minería?"
        ),
        (
            "Are the hazards of the pilot and their controls identified, as the regulations of "
            "safety and health in mining demand?"
        ),
    ),
    (
        CheckKind.HSE,
        "¿Puede ensayarse sin modificar los permisos ambientales vigentes?",
        "Can it be tried without changing the environmental permits in force?",
    ),
    (
        CheckKind.HSE,
        "¿Tienen sus residuos, emisiones y energías peligrosas un manejo definido?",
        "Is it settled how its waste, emissions and hazardous energy are handled?",
    ),
    (
        CheckKind.PROCUREMENT,
        (
            "¿Puede el proveedor homologarse y contratar con la empresa (RUC activo y habido, "
            "seguros, sin impedimentos)?"
        ),
        (
            "Can the supplier be registered and contracted by the company (tax registration in "
            "order, insurance, nothing that bars it)?"
        ),
    ),
    (
        CheckKind.PROCUREMENT,
        "¿Es completo el presupuesto: piloto, licencias, repuestos y soporte?",
        "Is the budget complete: pilot, licences, spares and support?",
    ),
    (
        CheckKind.PROCUREMENT,
        "¿Puede comprarse después del piloto sin quedar atada la operación a un solo proveedor?",
        "Can it be bought after the pilot without tying the operation to a single supplier?",
    ),
)
