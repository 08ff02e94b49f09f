from openpyxl import load_workbook

from minka.methods.spreadsheet import write_workbook


def test_a_workbook_holds_what_was_written_and_no_formulas(tmp_path):
    path = tmp_path / "out.xlsx"
    write_workbook(path, [("name", "line"), ("=1+1 <Ñandú> & Cía", 2), ("tab\x0bulated ", 0.5)])
    cells = list(load_workbook(path).active.iter_rows(values_only=True))
    assert cells == [("name", "line"), ("=1+1 <Ñandú> & Cía", 2), ("tabulated ", 0.5)]
    assert load_workbook(path).active["A2"].data_type in ("s", "inlineStr")
