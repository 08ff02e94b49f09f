// Makes and seals the parts of proposals that standard input asks for, with the code that the page loads.
import { partsOf, sealAll } from "../../../frontend/src/sealing/parts.ts";

const bytes = (text) => Uint8Array.from(Buffer.from(text, "base64"));
const made = [];
for (const { proposal, fields, files } of JSON.parse(await new Response(process.stdin).text())) {
  const chosen = files.map((file) => ({ ...file, content: new Blob([bytes(file.content)]) }));
  const known = { ...proposal, publicKey: bytes(proposal.publicKey) };
  const parts = partsOf(known, fields, chosen);
  const sealed = await sealAll(known, parts, () => {});
  made.push(await Promise.all(sealed.map(async ({ content }) => Buffer.from(await content.arrayBuffer()).toString("base64"))));
}
process.stdout.write(JSON.stringify(made));
