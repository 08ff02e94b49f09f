/**
 * A sealed object of version 1, as `minka/methods/sealing/container.py` describes it and opens it.
 *
 * Only the sealing half: what is sealed here, this page cannot open again.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { concat, sealToKey } from "./box.ts";
import { FINAL, MESSAGE, SecretStream, STREAM_HEAD_BYTES, STREAM_KEY_BYTES } from "./secretstream.ts";

const MAGIC = "MINKASEAL";
const VERSION = 1;
const CHUNK_BYTES = 64 * 1024;
const NAME_BYTES = 1024;
const READ_BYTES = 64 * CHUNK_BYTES; // at a time, from a file
const MOST_NAME_SIGNS = 200;

/** What a sealed object belongs to. */
export interface Context {
  call: string;
  proposal: string;
  revision: number;
  part: string;
}

/** The key of a call, in bytes, and what chance gives: a test gives its own. */
export interface Sealing {
  publicKey: Uint8Array;
  random?: (size: number) => Uint8Array;
}

export interface Sealed {
  content: Blob;
  sha256: string;
}

export async function seal(source: Blob, name: string, context: Context, sealing: Sealing): Promise<Sealed> {
  const random = sealing.random ?? fromTheSystem;
  const fileKey = random(STREAM_KEY_BYTES);
  const head = headBytes(context, sealing.publicKey);
  const sealedKey = sealToKey(fileKey, sealing.publicKey, random(32));
  const start = concat(text(MAGIC), Uint8Array.of(VERSION), size(head.length), head, sealedKey);
  const bound = sha256(start);
  const streamHead = random(STREAM_HEAD_BYTES);
  const stream = new SecretStream(fileKey, streamHead);
  const digest = sha256.create();
  const pieces: Blob[] = [];
  const put = (...parts: Uint8Array[]) => {
    const piece = concat(...parts);
    digest.update(piece);
    pieces.push(new Blob([piece])); // the browser may move it out of memory
  };
  put(start, streamHead, stream.push(nameBytes(name), bound, MESSAGE));
  for (let at = 0; at === 0 || at < source.size; at += READ_BYTES) {
    const read = new Uint8Array(await source.slice(at, at + READ_BYTES).arrayBuffer());
    const isEnd = at + READ_BYTES >= source.size;
    put(...chunks(read, isEnd).map(([chunk, tag]) => stream.push(chunk, bound, tag)));
  }
  return { content: new Blob(pieces), sha256: bytesToHex(digest.digest()) };
}

/** 128 bits of the SHA-256 of a public key, in groups that can be read aloud. */
export function fingerprint(publicKey: Uint8Array): string {
  return bytesToHex(sha256(publicKey)).slice(0, 32).replace(/(.{4})(?=.)/g, "$1 ");
}

function chunks(read: Uint8Array, isEnd: boolean): [Uint8Array, number][] {
  const count = Math.max(1, Math.ceil(read.length / CHUNK_BYTES));
  return Array.from({ length: count }, (_, at) => [
    read.subarray(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES),
    isEnd && at === count - 1 ? FINAL : MESSAGE,
  ]);
}

function headBytes({ call, proposal, revision, part }: Context, publicKey: Uint8Array): Uint8Array {
  return text(JSON.stringify({ call, key: fingerprint(publicKey), part, proposal, revision }));
}

function nameBytes(name: string): Uint8Array {
  const said = text(JSON.stringify({ name: [...name].slice(-MOST_NAME_SIGNS).join("") }));
  if (said.length > NAME_BYTES) throw new Error("the name is too long");
  return concat(said, new Uint8Array(NAME_BYTES - said.length).fill(0x20));
}

function size(length: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, length);
  return bytes;
}

function text(words: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(words);
}

function fromTheSystem(count: number): Uint8Array {
  return crypto.getRandomValues(new Uint8Array(count));
}
