/** Sealing a proposal in this browser: what is written here reaches the server encrypted, or not at all. */
import { Sealer } from "./sealing/page.ts";

const form = document.querySelector<HTMLFormElement>("form[data-seal]");
if (form) new Sealer(form).start();
