// The reports: the dashboard of now, and every report that the server lists.

import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { startPage } from "../base/page.js";
import { problemWords } from "../base/problem-words.js";
import { call } from "../base/session/calls.js";
import { session } from "../base/session/session.js";
import { batch, computed, effect, onStop, owned, signal } from "../base/signals.js";
import { shared } from "../base/words/shared.js";
import { followEdition } from "./edition.js";
import { liveView } from "./live-view.js";
import { hrefOf, LIVE, place } from "./place.js";
import { known, words } from "./words.js";

const WALLBOARD = new URLSearchParams(location.search).has("wallboard");
const PASSED_ON = ["period", "from", "to", "zone"];

session.probe = "reports/v1";
document.body.classList.toggle("wallboard", WALLBOARD);
await startPage({
  name: "reports",
  title: words("title"),
  lead: words("lead"),
  roles: ["supervisor", "administrator"],
  keys: words("keys"),
  view: WALLBOARD ? wallboard : frame,
});

function wallboard() {
  followEdition();
  return liveView({ wallboard: true });
}

function frame() {
  const directory = signal(/** @type {Api.ReportDirectory | null} */ (null));
  const reports = signal(/** @type {typeof import("./report-view.js") | null} */ (null));
  const problem = signal("");
  const load = async () => {
    problem.value = "";
    try {
      const [listed, module] = await Promise.all([call("GET reports/v1"), import("./report-view.js")]);
      batch(() => ([directory.value, reports.value] = [listed, module]));
    } catch (error) {
      problem.value = problemWords(error);
    }
  };
  void load();
  const view = computed(() => place.value.view);
  const content = element("div", { class: "reports-content" });
  effect(() => {
    const name = view.value;
    const [listed, module] = name === LIVE ? [null, null] : [directory.value, reports.value];
    const { made, stop } = owned(() => viewOf(name, listed, module));
    onStop(stop);
    content.replaceChildren(made);
  });
  const failed = element("p", { class: "notice", role: "alert", hidden: () => !problem.value }, [() => problem.value, " ", button(shared("action.retry"), load, { kind: "quiet" })]);
  return element("div", { class: "reports" }, [navigation(directory, view), element("div", {}, [failed, content])]);
}

/**
 * @param {string} name
 * @param {Api.ReportDirectory | null} directory
 * @param {typeof import("./report-view.js") | null} reports
 */
function viewOf(name, directory, reports) {
  if (name === LIVE) return liveView({ wallboard: false });
  if (!directory || !reports) return element("p", { class: "view quiet", "aria-busy": "true" }, shared("state.loading"));
  const description = directory.reports.find((report) => report.name === name);
  return description ? reports.reportView(description, directory) : unknown();
}

function unknown() {
  const empty = element("div", { class: "empty" }, [icon("chart"), element("p", {}, words("report.unknown"))]);
  return element("div", { class: "view" }, [element("h1", { tabindex: "-1" }, words("title")), empty]);
}

/**
 * The way to each report, which keeps the period and the zone.
 *
 * @param {Readable<Api.ReportDirectory | null>} directory
 * @param {Readable<string>} view
 */
function navigation(directory, view) {
  const address = (/** @type {string} */ name) => hrefOf(name, Object.fromEntries(PASSED_ON.map((each) => [each, place.value.parameters[each] ?? null])));
  const link = (/** @type {string} */ name, /** @type {string} */ title) => element("li", {}, [element("a", { href: () => address(name), "aria-current": () => (view.value === name ? "page" : null) }, title)]);
  const list = element("ul", {});
  const choice = element("select", { "aria-label": words("reports.choose"), onchange: ({ currentTarget }) => (location.hash = address(currentTarget.value)) });
  effect(() => {
    const entries = /** @type {[string, string][]} */ ([[LIVE, words("live.title")], ...(directory.value?.reports.map((report) => [report.name, known(`report.${report.name}`) ?? report.title]) ?? [])]);
    list.replaceChildren(...entries.map(([name, title]) => link(name, title)));
    choice.replaceChildren(...entries.map(([name, title]) => element("option", { value: name }, title)));
  });
  effect(() => {
    void directory.value;
    choice.value = view.value;
  });
  return element("nav", { class: "reports-list", "aria-label": words("reports.list") }, [list, choice]);
}
