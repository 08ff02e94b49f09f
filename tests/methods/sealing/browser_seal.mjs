// Seals what standard input asks for, as a page does, with the code that the page loads.
import { seal } from "../../../frontend/src/sealing/container.ts";

const wanted = JSON.parse(await new Response(process.stdin).text());
const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
const given = (text) => {
  let at = 0;
  return (count) => bytes(text).slice(at, (at += count));
};
const made = [];
for (const { publicKey, content, name, context, chance } of wanted) {
  const sealing = { publicKey: bytes(publicKey), ...(chance ? { random: given(chance) } : {}) };
  const { content: sealed, sha256 } = await seal(new Blob([bytes(content)]), name, context, sealing);
  made.push({ sealed: Buffer.from(await sealed.arrayBuffer()).toString("base64"), sha256 });
}
process.stdout.write(JSON.stringify(made));
