import { resolve } from "node:path";
import { defineConfig } from "vite";
import { contours } from "./build/contours.ts";
import { countries } from "./build/countries.ts";
import { documents } from "./build/documents.ts";
import { sprite } from "./build/sprite.ts";

export default defineConfig({
  base: "",
  publicDir: false,
  plugins: [sprite(), contours(), countries(), documents()],
  css: {
    transformer: "lightningcss",
    lightningcss: { drafts: { customMedia: true } },
  },
  build: {
    target: ["chrome123", "firefox121", "safari17.5"],
    outDir: "../src/minka/static/minka",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    manifest: true,
    modulePreload: { polyfill: false },
    cssMinify: "lightningcss",
    chunkSizeWarningLimit: 1300,
    rollupOptions: {
      input: {
        main: resolve("src/main.ts"),
        map: resolve("src/map.ts"),
        network: resolve("src/network.ts"),
        sealing: resolve("src/sealing.ts"),
      },
    },
  },
});
