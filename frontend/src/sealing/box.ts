/**
 * libsodium's sealed box: anybody seals to a public key, and cannot open it again.
 *
 * Source: libsodium, crypto_box_seal: X25519 (RFC 7748) with a key of this message alone, HSalsa20,
 * XSalsa20-Poly1305; the nonce is the BLAKE2b (RFC 7693) of both public keys.
 */
import { hsalsa, secretbox } from "@noble/ciphers/salsa.js";
import { x25519 } from "@noble/curves/ed25519.js";
import { blake2b } from "@noble/hashes/blake2.js";
import { words } from "./words.ts";

const NONCE_BYTES = 24;

export function sealToKey(message: Uint8Array, publicKey: Uint8Array, ownSecret: Uint8Array): Uint8Array {
  const own = x25519.getPublicKey(ownSecret);
  const shared = x25519.getSharedSecret(ownSecret, publicKey);
  const key = new Uint32Array(8);
  hsalsa(words("expand 32-byte k"), words(shared), new Uint32Array(4), key);
  const nonce = blake2b.create({ dkLen: NONCE_BYTES }).update(own).update(publicKey).digest();
  const closed = secretbox(new Uint8Array(key.buffer), nonce).seal(message);
  return concat(own, closed);
}

export function concat(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
