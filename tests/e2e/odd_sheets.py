"""Files that are not what they should be, and what the import page answers."""

from pathlib import Path

from openpyxl import Workbook

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n%%EOF\n"


def big_file(folder: Path, size_bytes: int) -> Path:
    """Return a CSV of this size that takes no room on the disk."""
    path = folder / "enorme.csv"
    with path.open("wb") as file:
        file.write(b"RUC;Nombre\n")
        file.truncate(size_bytes)
    return path


def _file(name: str, content: bytes):
    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content)
        return path

    return make


def _workbook(folder: Path) -> Path:
    """Return a workbook with a title over the table, merged cells and formulas never computed."""
    book = Workbook()
    sheet = book.active
    sheet.append(["Padrón regional 2026"])
    sheet.merge_cells("A1:C1")
    sheet.append(["RUC", "Razón social", "Rubro"])
    sheet.append(["20500000016", "Servicios Unidos S.A.C.", "Voladura"])
    sheet.append(["20500000024", '=CONCATENATE("Talleres ", "Sur")', "Soldadura"])
    sheet.append(["20500000032", "Ensayos del Sur S.A.C.", "Ensayos"])
    sheet.merge_cells("C4:C5")
    path = folder / "combinado.xlsx"
    book.save(path)
    return path


# What the sheet is, what the page says, whether it is refused
ODD_SHEETS = {
    "empty": (_file("vacio.csv", b""), ["está vacío"], True),
    "pdf-named-csv": (
        _file("padron.csv", PDF),
        ["El contenido de «padron.csv» no es de un tipo aceptado"],
        True,
    ),
    "formulas-and-merged-cells": (
        _workbook,
        ["Servicios Unidos S.A.C.", "Ensayos del Sur S.A.C.", "fórmula"],
        False,
    ),
    "two-headers-with-one-name": (
        _file(
            "doble.csv", b"RUC;Nombre;Correo;Correo\n20500000016;Aceros;a@b.example;c@d.example\n"
        ),
        ["Varias columnas se llaman “Correo”"],
        False,
    ),
    "latin-1": (
        _file(
            "latin.csv",
            "RUC;Razón social\n20500000016;Señor de Ñaña Minería S.A.C.\n".encode("latin-1"),
        ),
        ["Señor de Ñaña Minería S.A.C."],
        False,
    ),
}
