import pytest

from minka.methods.identifiers import SCHEMES, Reason, recognise_tax_id


@pytest.mark.parametrize(
    "written",
    [
        "20100010721", "20100010721.0", 20100010721.0, 20100010721, "2.0100010721E10", "2,0100010721E+10",
        " 20100010721 ", "20-10001072-1", "20 100010721", "'20100010721", "R.U.C. N° 20100010721",
        "RUC 20100010721", "RUC: 20100010721", "20100010721\u00a0",
    ],
)  # fmt: skip
def test_a_ruc_is_read_however_a_sheet_wrote_it(written):
    found = recognise_tax_id(written, "PE")
    assert (found.scheme, found.value, found.valid) == ("pe.ruc", "20100010721", True)


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("20100010722", Reason.CHECK_DIGIT),
        ("2010001072", Reason.LENGTH),
        ("30100010721", Reason.PREFIX),
        ("00000000000", Reason.PLACEHOLDER),
        ("20OO0010721", Reason.FORMAT),
        ("", Reason.EMPTY),
        (" - ", Reason.EMPTY),
        (None, Reason.EMPTY),
    ],
)
def test_a_wrong_ruc_is_not_trusted_and_says_why(written, reason):
    found = recognise_tax_id(written, "PE")
    assert (found.valid, found.reason) == (False, reason)


@pytest.mark.parametrize(
    ("country", "written", "scheme", "value"),
    [
        ("CL", "76.086.428-5", "cl.rut", "760864285"),
        ("AR", "20-05536168-2", "ar.cuit", "20055361682"),
        ("BO", "1020703023", "bo.nit", "1020703023"),
        ("CO", "213.123.432-1", "co.nit", "2131234321"),
        ("EC", "1792060346001", "ec.ruc", "1792060346001"),
        ("MX", "MAB-930714-8T4", "mx.rfc", "MAB9307148T4"),
        ("BR", "16.727.230/0001-97", "br.cnpj", "16727230000197"),
        ("AU", "83 914 571 673", "au.abn", "83914571673"),
    ],
)
def test_neighbours_have_their_own_schemes(country, written, scheme, value):
    found = recognise_tax_id(written, country)
    assert (found.scheme, found.value, found.valid) == (scheme, value, True)
    assert scheme in SCHEMES


def test_punctuation_gives_a_foreign_number_away_but_digits_alone_do_not():
    assert recognise_tax_id("76.086.428-5", "PE").scheme == "cl.rut"
    assert not recognise_tax_id("760864285", "PE").valid


def test_a_number_that_fits_two_countries_belongs_to_none_until_somebody_says():
    assert recognise_tax_id("20100010721").reason is Reason.AMBIGUOUS
    assert recognise_tax_id("20100010721", "PE").valid


def test_a_scheme_without_check_digit_says_so():
    assert recognise_tax_id("1020703023", "BO").reason is Reason.UNCHECKED
