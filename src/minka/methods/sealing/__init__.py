"""Proposals that nobody can read early, and receipts that prove themselves.

No cipher of our own: X25519 sealed boxes, XChaCha20-Poly1305 streams, Argon2id and Ed25519 are
libsodium's (through PyNaCl); the splitting of a secret is Shamir's (through pycryptodome). What is
written here is what they are put around: the format of a sealed object, of a share and of a
receipt, each with its version, and the context that each is bound to. The threat model, and what
this does not protect against, is in `docs/operate/sealing.md`.
"""
