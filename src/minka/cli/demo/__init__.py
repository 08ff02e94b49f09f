"""The demonstration cluster: fictional companies and people, real institutions and places."""

from dataclasses import dataclass

PASSWORD = "minka-demo-2026"  # noqa: S105 -- printed at start; the demonstration is for this machine only


@dataclass(frozen=True)
class DemoAccount:
    """One account that a visitor may sign in with; `role` is what the terminal prints."""

    role: str
    email: str
    name: str


ACCOUNTS = (
    DemoAccount("equipo del clúster / staff", "equipo@minka.example", "Lucía Zegarra Portugal"),
    DemoAccount("comité / committee", "comite@minka.example", "Carmen Benavides Llerena"),
    DemoAccount("representante / company", "empresa@minka.example", "Álvaro Mogrovejo Salas"),
    DemoAccount("área usuaria / user area", "area@minka.example", "Daniel Cáceres Rivera"),
    DemoAccount("evaluador / evaluator", "evaluacion@minka.example", "Mónica Delgado Alarcón"),
    DemoAccount("proveedor / supplier", "proveedor@minka.example", "Jorge Luis Zúñiga Ponce"),
    DemoAccount("auditor", "auditoria@minka.example", "Gustavo Arenas Villalobos"),
)
