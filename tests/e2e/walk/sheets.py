"""Sheets as the cluster team really gets them: with a BOM, broken letters and repeated firms."""

from pathlib import Path

from openpyxl import Workbook

MINE = "Minera Cerro Verdeazul S.A."
OTHER_MINE = "Compañía Minera Quebrada Honda S.A.A."
WORKSHOP = "Metalmecánica del Misti S.A.C."
BAD_RUC = "20500000042"

HEADERS = "RUC;Razón social;Tipo de organización;Rubro;Departamento;Provincia;Distrito;Correo"
ROWS = [
    f"20500000016;{MINE};Empresa minera;Cobre y molibdeno;AREQUIPA;AREQUIPA;UCHUMAYO;",
    f"20500000024;{OTHER_MINE};Empresa minera;Cobre;MOQUEGUA;MARISCAL NIETO;TORATA;",
    f"20500000032;{WORKSHOP};Proveedor;Revestimientos y blindajes;AREQUIPA;AREQUIPA;CAYMA;ventas@misti.example",
    "20500000059;IngenierÃ­a y Automatización Andina S.A.C.;Proveedor;Instrumentación;AREQUIPA;AREQUIPA;YANAHUARA;",
    f"{BAD_RUC};Talleres Unidos del Sur E.I.R.L.;Proveedor;Soldadura;TACNA;TACNA;TACNA;",
    "20500000032;METALMECANICA DEL MISTI SAC;Proveedor;Metalmecánica;AREQUIPA;AREQUIPA;CAYMA;",
    "20500000067;;Proveedor;Transporte;PUNO;PUNO;PUNO;",
    "20500000075;Laboratorio Metalúrgico Tambo S.A.;Proveedor;Ensayos;AREQUIPA;ISLAY;MOLLENDO;",
]


def write_csv(folder: Path) -> Path:
    """Return a CSV with `;`, a BOM, mojibake, a RUC that is none, a firm twice, a row without name."""
    path = folder / "padron_proveedores.csv"
    path.write_text("\r\n".join([HEADERS, *ROWS]) + "\r\n", encoding="utf-8-sig")
    return path


def write_workbook(folder: Path) -> Path:
    """Return a workbook of universities with positions."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Universidades"
    sheet.append(["Nombre", "Tipo", "Región", "Latitud", "Longitud", "Página web"])
    sheet.append(
        ["Universidad del Altiplano Minero", "Universidad", "Puno", -15.84, -70.02, "uam.example"]
    )
    sheet.append(
        [
            "Universidad Tecnológica del Sur",
            "Universidad",
            "Arequipa",
            -16.41,
            -71.53,
            "uts.example",
        ]
    )
    path = folder / "universidades.xlsx"
    book.save(path)
    return path
