// What axe can tell apart in a document, as a number: everything but the words and figures of the
// record that it shows, and how often a row is repeated. Added to every document that is watched.
window.minkaShape = (rules) => {
  const WORDS = /^(action|aria-(description|valuetext|roledescription)|content|datetime|href|hx-.*|placeholder|src|srcset|title|value|.*:href)$/;
  const DRAWN = /^(aria-.*|class|fill|focusable|id|role|stroke|tabindex)$/; // of a picture, what is not its geometry
  const REFERENCES = /^(for|form|list|headers|aria-(labelledby|describedby|controls|owns|activedescendant|details|errormessage|flowto))$/;
  const SMALL_PX = 24; // what axe calls a target that is too small
  const seen = new Set();
  const again = (what) => seen.has(what) || !seen.add(what);
  const plain = (text) => text.replace(/\s+/g, " ").trim().toLowerCase();
  const general = (text) => text.replace(/\d+(\.\d+)?/g, "0");
  const lengths = (style) => style.replace(/-?\d+(\.\d+)?(px|%|r?em|fr|deg|vh|vw)/g, "0");
  const shown = (one) => plain(one.innerText ?? one.textContent ?? "");

  const attribute = (one, { name, value }) => {
    if (one instanceof SVGElement && !DRAWN.test(name)) return "";
    if (name === "class" || name === "lang") return `${name}=${value}`;
    if (name === "style") return `${name}=${lengths(value)}`;
    if (name === "id") return `${name}=${general(value)} ${again(`id ${value}`)}`;
    if (name === "href" && value.startsWith("#")) return `to ${document.getElementById(value.slice(1)) !== null}`;
    if (one.matches("link[rel=stylesheet], meta[name=viewport], meta[http-equiv]")) return `${name}=${value}`;
    if (REFERENCES.test(name)) {
      return `${name}=${general(value)} ${value.split(/\s+/).map((id) => document.getElementById(id) !== null)}`;
    }
    if (name === "aria-label") {
      const words = plain(value);
      return `${name} ${words !== ""} ${words.includes(shown(one))} ${again(`${one.localName} ${words}`)}`;
    }
    if (name === "alt") return `${name} ${value !== ""} ${shown(one.parentElement ?? one).includes(plain(value))}`;
    if (name.startsWith("data-")) return /^[a-z-]{0,20}$/.test(value) ? `${name}=${value}` : name;
    return WORDS.test(name) ? `${name} ${value.trim() !== ""}` : `${name}=${general(value)}`;
  };

  const state = (one) => {
    const { width, height } = one.getBoundingClientRect();
    return [
      width && height ? "seen" : "unseen",
      one.scrollWidth > one.clientWidth || one.scrollHeight > one.clientHeight ? "over" : "",
      one.matches("a, button, input, select, textarea, summary, [tabindex]") && Math.min(width, height) < SMALL_PX ? "small" : "",
      one.matches("input, select, textarea") ? `${one.value !== ""} ${one.checked} ${one.disabled}` : "",
      one.matches("dialog") ? one.matches(":modal") : "",
    ].join(" ");
  };

  const shape = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() === "" ? "" : "t";
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches("script, style, template")) return "";
    const attributes = [...node.attributes].map((one) => attribute(node, one));
    const children = [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(shape);
    const different = children.filter((one) => one !== "").filter((one, at, all) => one !== all[at - 1]);
    return `<${node.localName} ${attributes} ${state(node)}>${different.join("")}</>`;
  };

  // 53 bits: of a thousand documents no two have the same by chance
  const digest = (text) => {
    let [high, low] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at);
      high = Math.imul(high ^ code, 2654435761);
      low = Math.imul(low ^ code, 1597334677);
    }
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return 4294967296 * (2097151 & low) + (high >>> 0);
  };

  const media = ["(prefers-color-scheme: dark)", "(prefers-reduced-motion)", "(pointer: coarse)", "(hover)"];
  const all = [
    rules ?? "every rule",
    `${innerWidth}x${innerHeight}`,
    media.map((one) => matchMedia(one).matches),
    document.title !== "",
    shape(document.documentElement),
  ];
  return digest(all.join(" "));
};
