/** Bytes or signs as numbers of 32 bits, little-endian, whatever the machine. */
export function words(bytes: Uint8Array | string): Uint32Array {
  const said = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  const view = new DataView(said.buffer, said.byteOffset, said.byteLength);
  return Uint32Array.from({ length: said.length / 4 }, (_, at) => view.getUint32(at * 4, true));
}
