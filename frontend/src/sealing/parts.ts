/**
 * What is sealed of a proposal, part by part, under the names that `minka/innovation/queries/envelopes.py` gives them.
 *
 * Where a call has envelopes, economic words and files are parts of their own, which open later.
 */
import type { Fields } from "../behaviours/draft.ts";
import { seal, type Sealed } from "./container.ts";

export interface Proposal {
  call: string;
  id: string;
  revision: number; // of the page; what is handed in is the next one
  publicKey: Uint8Array;
  economic: string[]; // names of words, and beginnings of names of lines; none without envelopes
}

export interface Chosen {
  name: string;
  content: Blob;
  isEconomic: boolean;
}

interface Part {
  part: string;
  name: string;
  content: Blob;
}

export function partsOf(proposal: Proposal, fields: Fields, files: Chosen[]): Part[] {
  const isApart = proposal.economic.length > 0;
  const isEconomic = (name: string) => proposal.economic.some((one) => name === one || name.startsWith(`${one}-`));
  const text = (part: string, name: string, wanted: (field: string) => boolean): Part => {
    const own = Object.fromEntries(Object.entries(fields).filter(([field]) => wanted(field)));
    const said = JSON.stringify({ browser: 1, proposal: proposal.id, fields: own });
    return { part, name, content: new Blob([said]) };
  };
  return [
    text("proposal", "proposal.json", (field) => !isEconomic(field)),
    ...(isApart ? [text("economic", "economic.json", isEconomic)] : []),
    ...files.map(({ name, content, isEconomic: isLater }, at) => {
      const kind = isApart && isLater ? "economic-attachment" : "attachment";
      return { part: `${kind}-${at + 1}`, name, content };
    }),
  ];
}

/** Seal one part after the other; `tell` hears the name of each before. */
export async function sealAll(proposal: Proposal, parts: Part[], tell: (name: string) => void): Promise<Sealed[]> {
  const sealed: Sealed[] = [];
  for (const { part, name, content } of parts) {
    tell(name);
    const context = { call: proposal.call, proposal: proposal.id, revision: proposal.revision + 1, part };
    sealed.push(await seal(content, name, context, { publicKey: proposal.publicKey }));
  }
  return sealed;
}
