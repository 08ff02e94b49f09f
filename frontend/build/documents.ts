/** What printed documents are made of: fonts, unpacked from WOFF to what Typst reads, and contours. */
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";
import type { Plugin } from "vite";
import { draw } from "./contours.ts";

const FACES = [
  ...["400-normal", "400-italic", "600-normal", "700-normal"].map((face) => ["inter", face]),
  ...["400-normal", "400-italic", "600-normal"].map((face) => ["source-serif-4", face]),
];
const ALPHABETS = ["latin", "latin-ext"];
const TABLE_ENTRY = { woff: 20, sfnt: 16 };
const HEAD = { woff: 44, sfnt: 12 };

export function documents(): Plugin {
  return {
    name: "minka-documents",
    generateBundle() {
      for (const { name, source } of unpackedFonts())
        this.emitFile({ type: "asset", fileName: `documents/${name}.ttf`, source });
      this.emitFile({ type: "asset", fileName: "documents/contours.svg", source: draw() });
    },
  };
}

export function unpackedFonts(): { name: string; source: Uint8Array }[] {
  return FACES.flatMap(([family, face]) =>
    ALPHABETS.map((alphabet) => {
      const name = `${family}-${alphabet}-${face}`;
      const packed = readFileSync(`node_modules/@fontsource/${family}/files/${name}.woff`);
      return { name, source: unpacked(packed) };
    }),
  );
}

/** Source: WOFF File Format 1.0, W3C Recommendation, sections 3 to 5. */
function unpacked(woff: Buffer): Uint8Array {
  if (woff.toString("latin1", 0, 4) !== "wOFF") throw new Error("not a WOFF file");
  const count = woff.readUInt16BE(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = HEAD.woff + index * TABLE_ENTRY.woff;
    const offset = woff.readUInt32BE(at + 4);
    const packedLength = woff.readUInt32BE(at + 8);
    const length = woff.readUInt32BE(at + 12);
    const data = woff.subarray(offset, offset + packedLength);
    return {
      tag: woff.subarray(at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      data: packedLength < length ? inflateSync(data) : data,
    };
  });
  const power = Math.floor(Math.log2(count));
  const head = Buffer.alloc(HEAD.sfnt + count * TABLE_ENTRY.sfnt);
  woff.copy(head, 0, 4, 8); // the flavour: TrueType or CFF
  [count, 2 ** power * 16, power, (count - 2 ** power) * 16].forEach((value, index) =>
    head.writeUInt16BE(value, 4 + index * 2),
  );
  let offset = head.length;
  const bodies = tables.map(({ tag, checksum, data }, index) => {
    const at = HEAD.sfnt + index * TABLE_ENTRY.sfnt;
    tag.copy(head, at);
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(data.length, at + 12);
    const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
    offset += padded.length;
    return padded;
  });
  return Buffer.concat([head, ...bodies]);
}
