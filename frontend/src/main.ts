/** What every page loads: styles, htmx and small behaviours that improve what already works. */
import "./styles/main.css";
import "htmx.org";
import { autosave } from "./behaviours/autosave.ts";
import { branching } from "./behaviours/branching.ts";
import { clocks } from "./behaviours/clocks.ts";
import { counters } from "./behaviours/counters.ts";
import { dialogs } from "./behaviours/dialogs.ts";
import { forms } from "./behaviours/forms.ts";
import { forgetting } from "./behaviours/draft.ts";
import { lines } from "./behaviours/lines.ts";
import { menus } from "./behaviours/menus.ts";
import { presence } from "./behaviours/presence.ts";
import { requests } from "./behaviours/requests.ts";
import { review } from "./behaviours/review.ts";
import { rows } from "./behaviours/rows.ts";
import { scoring } from "./behaviours/scoring.ts";
import { search } from "./behaviours/search.ts";
import { theme } from "./behaviours/theme.ts";
import { ticks } from "./behaviours/ticks.ts";

requests();
search();
theme();
menus();
dialogs();
review();
rows();
ticks();
forgetting();
forms(document);
lines(document);
clocks(document);
counters(document);
autosave(document);
presence(document);
branching(document);
scoring(document);

document.addEventListener("htmx:after:swap", () => {
  forms(document);
  clocks(document);
  counters(document);
  autosave(document);
  branching(document);
  scoring(document);
});
