"""What was sealed, locked or signed in the first version opens for ever: these were, and are kept."""

import base64
import io

from minka.methods.sealing.armour import unlock_share
from minka.methods.sealing.at_rest import draft_key, unlock_draft
from minka.methods.sealing.container import Context, unseal
from minka.methods.sealing.keys import public_key_of
from minka.methods.sealing.receipts import check_receipt, key_from_text, read_receipt

KEY = bytes.fromhex(
    "e0e5f35d001b4d73725563bc9a1531c3c3c88147e74a904901c3c438f9f2c453"
)  # opens nothing but these
OBJECT = """
TUlOS0FTRUFMAQAAAH17ImNhbGwiOiJyZWxhdmVzLWZpbm9zIiwia2V5IjoiYWM3MyBkMmM2IDNkODkgYTk4NyBiYW
U4IDBiMTUgYTFiNSA3Y2Q1IiwicGFydCI6InByb3Bvc2FsLmpzb24iLCJwcm9wb3NhbCI6IlAtMSIsInJldmlzaW9u
IjozfWuKL2xuEB31Ix+XbRfBnVgzoQ6i8OIpJIw0QMuBhilx9rgTvsNCoTFzO91/RlhkncIXdEUSzEqgbyMs924l0L
pZJMk/xKfUPuUrccSms1w0AzoCdp1v0CCqH9lU18qzI4tUKizcRxaaDTed7EOpvE3b0LVGLajoKR72FZJzm0lYCU7u
74ZRzShgUUQlFt8Vq+JyKvvZ40fJiB1AWBwH1SGkY0wDOHjSJ4VGUju3cDQQNJjdbQDRdyt2NLw53UnqqnkJnTCekK
WFvj3H6crM1r9ffadFxJSYm6SWPNKumE/IX4K45V/qCihP0vEU8YTBvNkBnpwCbibXZj/CRbSb04vGEzlSgs6nMuD8
1Knd61hV8hGs6vRkeoDMFABmytUa7irF/DJbE0t2zxQfWXejgCXPPCwvf2jsq72mqavdB6g/SPrV1K2h+biUhKwnl+
2/wk2NeJEHfjuYiVrADHeULfGqkFot+dzP0RDb1gjlWEf+uGt7E4IxvJmHB/tDzks20WLSXfSO7i/8rpKZvoXUNpCr
WgHeZlLReLp1zAmGrAmcl+ZFTKVfZcQ5jsyoEY/O8Eit3x4RN1nILhFUZmDbmZ5grf+B4DgP7RLb5Ba4O/yZqIRx28
v3sYtvKBqA0POsuaKISjHEtvy3VGT7IrNFtI9v1IKtZHIKWCxvMCqtX5OpfBK466u/I6ywDKHq8y3OToLfDAxCo5A+
256NBYS0/cHi3J3r8aXt4p/9VL2FO11Kz5spg7iKsaUF+Fbd1PYNaJPPRMSyhYpc90TmE03aysN8OVRTDInf44aUPv
rwX5ivintUGIJcBAKNKxI36F5MbVfG7mbAZGsCcx5/nXg2PK/VoFJ+uUjep8hNWlv0i9YIICFIDgj5W3RzTaPzZFyE
LQ/BMzqBhDyb58lvWMmoNZZj0SXVltKgSv8ofKVgMa+VNDDpsSVj9O2GKFGmPonDGV6TtFNUNs9eOMGj9Rhno0NDDj
BfNLTTrj4N2e35xrSLgq2wl0uxDdmXhmURjKaXTv2M0lrl0BQKsJK16U8fuTg7ld7nV98NhLCgkt8F+mc7qBWXpo26
OAWKsbjjisILU+KfCSF42ICR3Di96BPe5Ua5dtpGebQunCb45oycPwfB/a/fIUmAvGP2bzobUkelv1QEncaqZIWRkD
WDaPW08yebycAWkJAqYtHXPvhP7rbwGFMyGCKT3B/V85UG4YJXrh6xqJhLdOq8vY4k1WrpTQ1uIHWftrUpTJ+N1P2r
PiD6vYgBnqodiZIkpEWCHOhFFV2+PSi89yImbljnoFkyY5Yql+FPDrLxr0ypLjQPc8trZzTpoeefv4DAaG7/M1cJN1
oAvMO//rMIUTfm0Q+V0TygiOuyzOnJImfZ4Xfcw44ztYCYzK1B3n4O4R+GYa+NW07i55wX+tPBk9T4mJYxz+3ubAz7
GAvtWsXC/V0anJpu9Vr6EhUaYn/bMLu2m5Hc0p5aX6YL499ze2If89+yEQeS1eqSY5XcsArPS2pPw26GRmPW1m02hB
9akbEt1RAVy6xBba36PROiCDnN2J+/E2j2xgMbc0h0aas=
"""
SHARE = """
-----BEGIN MINKA SHARE-----
Version: 1
Call: Relaves finos 2026
Custodian: María Quispe
Share: 1 of 3, 2 needed
Key: 0f11b88d5d07071947a4842447d360568d36cb26de32a8326dedf44e58221a55
Split: d052ddd78ed9dd62

8DXK M4Z2 GYMV JH3J 2HZY AQNR MVR6 Q0R4 QS
HMJW YR46 7PWF 7H7P 2JVM 869H 6NHY S2E4 90
52H1 JTKZ 834Q MFS6 MZ3Z 697G ZXHZ 3KE3 EQ
FVA5 P5VY 0BSX WCN6 WWWV HSYH 03EH RWV4 71
0BYR TMTG SS28 E Z5
-----END MINKA SHARE-----
"""
SIGNED_WITH = "BWgjUoaBclO56pp09dqgdmFaFEeLKrUjoRJeX7E5AsM="
RECEIPT = """
{
  "receipt": {
    "format": "minka-receipt/1",
    "number": "R-2026-ABCDEF",
    "solver": "Ingeniería Ñandú S.A.C."
  },
  "signature": "3nzOOpPfAzT6HpqxyhbmxQB+toWUaVE4aTJQawtBQ/9QVjDXoKQC3uwrkLBGDytkBUhLVl8JHnksla5pGsmdAw==",
  "signed_with": "BWgjUoaBclO56pp09dqgdmFaFEeLKrUjoRJeX7E5AsM="
}
"""
DRAFT = bytes.fromhex(
    "01f9e29b865cce6549ff4536a777690807b60b0386c876efd1794148567ba672"
    "dc5f5579627a652dcb902097ac06693bd895568fe9398cfbf47dbd006fc74629885328"
)


def test_a_sealed_object_of_version_1_still_opens():
    target = io.BytesIO()
    found = unseal(io.BytesIO(base64.b64decode(OBJECT)), target, private_key=KEY)
    assert target.getvalue().decode() == "Un reto de 2026"
    assert found.context == Context("relaves-finos", "P-1", 3, "proposal.json")


def test_a_share_of_version_1_still_opens():
    share = unlock_share(SHARE, "cuatro llamas suben despacio")
    assert (share.number, share.needed, share.made) == (1, 2, 3)
    assert share.public_key == public_key_of(KEY)


def test_a_receipt_of_version_1_is_still_believed():
    check_receipt(read_receipt(RECEIPT), key_from_text(SIGNED_WITH))


def test_a_locked_draft_of_version_1_still_opens():
    key = draft_key(bytes(range(32)))
    assert b"Lodo espesado" in unlock_draft(DRAFT, key, belongs_to="8d0f-1")
