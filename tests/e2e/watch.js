// Added to every document of a watched browser, after axe-core; not subject to the page's policy.
document.addEventListener("securitypolicyviolation", (event) => {
  console.error(`content security policy: ${event.effectiveDirective} ${event.blockedURI}`);
});

if (window === window.top && location.protocol.startsWith("http")) {
  const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const OPTIONS = { runOnly: { type: "tag", values: TAGS }, resultTypes: ["violations"] };
  const told = (rule) =>
    [`${rule.id}: ${rule.help}`]
      .concat(rule.nodes.slice(0, 5).map((node) => `    ${node.target.join(" ")}: ${node.failureSummary}`))
      .join("\n");
  let running = null;

  window.minkaExamine = () => {
    if (document.contentType !== "text/html") return Promise.resolve([]);
    running ??= axe
      .run(document, OPTIONS)
      .then((found) => found.violations.map(told), (error) => [`axe stopped: ${error}`])
      .finally(() => (running = null));
    return running;
  };

  // The navigation waits in the test until this has answered, so the document is still there.
  window.addEventListener("beforeunload", () => {
    const where = location.pathname;
    window.minkaExamine().then((violations) => window.minkaExamined(where, violations));
  });
}
