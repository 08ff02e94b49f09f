/**
 * The writing half of libsodium's secretstream (XChaCha20-Poly1305), of the primitives of noble.
 *
 * Source: libsodium, crypto_secretstream_xchacha20poly1305, version 1.0.18. Each chunk is encrypted with ChaCha20
 * (RFC 8439) and authenticated with Poly1305 together with the bytes it is bound to; its key and nonce follow from
 * those of the chunk before, so that order and end cannot be changed.
 */
import { poly1305 } from "@noble/ciphers/_poly1305.js";
import { chacha20, hchacha } from "@noble/ciphers/chacha.js";
import { words } from "./words.ts";

export const STREAM_KEY_BYTES = 32;
export const STREAM_HEAD_BYTES = 24;
export const MESSAGE = 0;
export const FINAL = 3;
const BLOCK_BYTES = 64;
const MAC_BYTES = 16;
const COUNTER_BYTES = 4;

export class SecretStream {
  readonly #key: Uint8Array;
  readonly #nonce = new Uint8Array(12); // a counter, then what follows from the chunks before
  #count = 1;

  constructor(key: Uint8Array, head: Uint8Array) {
    const derived = new Uint32Array(8);
    hchacha(words("expand 32-byte k"), words(key), words(head.subarray(0, 16)), derived);
    this.#key = new Uint8Array(derived.buffer);
    this.#nonce.set(head.subarray(16), COUNTER_BYTES);
  }

  /** Encrypt the next chunk, bound to some bytes; `FINAL` marks the last. At most 2^32 - 1 of them: 256 TiB. */
  push(content: Uint8Array, bound: Uint8Array, tag: number): Uint8Array {
    new DataView(this.#nonce.buffer).setUint32(0, this.#count, true);
    const chunk = new Uint8Array(1 + content.length + MAC_BYTES);
    const first = new Uint8Array(BLOCK_BYTES);
    first[0] = tag;
    const marked = chacha20(this.#key, this.#nonce, first, undefined, 1);
    const hidden = chacha20(this.#key, this.#nonce, content, undefined, 2);
    chunk[0] = marked[0] ?? 0;
    chunk.set(hidden, 1);
    const mac = this.#mac(bound, marked, hidden);
    chunk.set(mac, 1 + content.length);
    for (let at = 0; at < 8; at++) this.#nonce[COUNTER_BYTES + at]! ^= mac[at]!;
    this.#count += 1;
    if (this.#count > 0xffff_ffff) throw new Error("too long for one stream");
    return chunk;
  }

  #mac(bound: Uint8Array, marked: Uint8Array, hidden: Uint8Array): Uint8Array {
    const once = chacha20(this.#key, this.#nonce, new Uint8Array(BLOCK_BYTES)).subarray(0, 32);
    const lengths = new DataView(new ArrayBuffer(16));
    lengths.setBigUint64(0, BigInt(bound.length), true);
    lengths.setBigUint64(8, BigInt(BLOCK_BYTES + hidden.length), true);
    return poly1305
      .create(once)
      .update(bound)
      .update(new Uint8Array(-bound.length & 15))
      .update(marked)
      .update(hidden)
      .update(new Uint8Array(hidden.length & 15)) // as libsodium fills up, and not as RFC 8439 does
      .update(new Uint8Array(lengths.buffer))
      .digest();
  }
}
