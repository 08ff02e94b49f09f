// Added to every document of a watched browser, after axe-core; not subject to the page's policy.
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.effectiveDirective} ${event.blockedURI}`);
});

if (window !== window.top) window.minkaLoadAxe(); // that of the page asks it
else if (location.protocol.startsWith("http")) {
  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const RULES = window.minkaRules; // only these, where the test says so
  const runOnly = RULES ? { type: "rule", values: RULES } : { type: "tag", values: TAGS };
  const OPTIONS = { runOnly, resultTypes: ["violations"] };
  // What stays in sight while one scrolls covers, at any moment, something that can be scrolled to.
  const calm = new CSSStyleSheet();
  calm.replaceSync(".topbar, .sticky, .bottombar { position: static !important }");
  const told = (rule) =>
    [`${rule.id}: ${rule.help}`]
      .concat(rule.nodes.slice(0, 5).map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`))
      .join("\n");
  const PATIENCE_MS = 45_000; // less than the test's own: the page that was too slow is named
  const late = () =>
    new Promise((resolve) => setTimeout(() => resolve(["axe did not finish in time"]), PATIENCE_MS));
  const LOADS_WITHIN_MS = 5_000;
  let running = null;
  // Asked for now: a document that is being left hears no answer any more.
  let sound = new Set();
  window.minkaSound().then((shapes) => (sound = new Set(shapes)));

  const loaded = () =>
    new Promise((resolve) => {
      if (document.readyState === "complete") resolve();
      window.addEventListener("load", resolve, { once: true });
      setTimeout(resolve, LOADS_WITHIN_MS);
    });
  // A page that was left before its styles came was seen by nobody.
  const drawn = () =>
    document.querySelector("link[rel=stylesheet]") === null ||
    getComputedStyle(document.documentElement).getPropertyValue("--paper") !== "";

  const examined = async () => {
    await loaded();
    if (!drawn()) return [];
    document.adoptedStyleSheets.push(calm);
    try {
      const shape = window.minkaShape(RULES);
      if (sound.has(shape)) return [];
      if (!window.axe) window.minkaLoadAxe();
      const found = (await axe.run(document, OPTIONS)).violations.map(told);
      if (!found.length) window.minkaIsSound(shape);
      return found;
    } catch (error) {
      return [`axe stopped: ${error}`];
    } finally {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((one) => one !== calm);
    }
  };

  window.minkaExamine = () => {
    if (document.contentType !== "text/html") return Promise.resolve([]);
    running ??= Promise.race([examined(), late()]).finally(() => (running = null));
    return running;
  };

  // The navigation waits in the test until this has answered, so the document is still there.
  window.addEventListener("beforeunload", () => {
    const where = location.pathname;
    window.minkaExamine().then((violations) => window.minkaExamined(where, violations));
  });
}
