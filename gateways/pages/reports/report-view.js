// A report: what it is asked for, its figures of the whole period, its picture and its table.

/** @import { Problem } from "../base/session/types" */
/** @import { ReportStore } from "./report-store.js" */
import { button } from "../base/controls/button.js";
import { element } from "../base/elements.js";
import { icon } from "../base/icons.js";
import { problemWords } from "../base/problem-words.js";
import { shared } from "../base/words/shared.js";
import { instantText, rangeText } from "./cells.js";
import { definitionOf } from "./definitions.js";
import { picture } from "./picture.js";
import { reportActions, reportBar } from "./report-bar.js";
import { reportStore } from "./report-store.js";
import { reportTable } from "./report-table.js";
import { headlineTiles } from "./tiles.js";
import { known, words } from "./words.js";

/**
 * @param {Api.ReportDescription} description
 * @param {Api.ReportDirectory} directory
 */
export function reportView(description, directory) {
  const store = reportStore(description);
  const isEmpty = () => store.figures.value !== null && !store.problem.value && !store.figures.value.answer.rows.length;
  const hasRows = () => store.figures.value !== null && !store.problem.value && store.figures.value.answer.rows.length > 0;
  return element("article", { class: "view report" }, [
    element("header", { class: "view-head" }, [element("h1", { tabindex: "-1" }, known(`report.${description.name}`) ?? description.title), reportActions(description, store.reload)]),
    element("p", { class: "lead" }, definitionOf(description.description)),
    reportBar(description, directory.reports),
    buildingNotice(directory),
    problemNotice(store),
    element("p", { class: "quiet as-of", role: "status" }, () => statusWords(store)),
    element("div", { class: "empty", hidden: () => !isEmpty() }, [icon("chart"), element("p", {}, words("report.empty"))]),
    element("div", { class: () => `figures${store.loading.value ? " loading" : ""}`, hidden: () => !hasRows(), "aria-busy": () => (store.loading.value ? "true" : null) }, [
      headlineTiles(description, () => store.figures.value),
      element("section", { class: "card", "aria-label": words("picture.label") }, [picture(description, store)]),
      element("section", { class: "card", "aria-label": words("table.label") }, [reportTable(description, store)]),
    ]),
  ]);
}

/** @param {ReportStore} store */
function statusWords({ figures, loading, problem }) {
  if (loading.value && !figures.value) return shared("state.loading");
  if (!figures.value || problem.value) return "";
  const { answer, query } = figures.value;
  const parts = [words("report.range", { range: rangeText(query.from, query.to), zone: answer.zone }), words("report.as_of", { time: instantText(answer.as_of) })];
  if (answer.previous) parts.push(words("report.compared", { range: rangeText(answer.previous.from, answer.previous.to) }));
  if (answer.masked) parts.push(words("report.masked"));
  return parts.join(" · ");
}

/** Says that figures are being built anew, and how far that is. @param {Api.ReportDirectory} directory */
function buildingNotice({ projections }) {
  const building = projections.filter(({ status }) => status === "building");
  if (!building.length) return null;
  const parts = building.map(({ name, position, lag_events: left }) => words("report.building_part", { name, done: position, of: position + left }));
  return element("p", { class: "notice" }, `${words("report.building")} ${parts.join(", ")}`);
}

/** @param {ReportStore} store */
function problemNotice(store) {
  return element("div", { class: "notice", role: "alert", hidden: () => !store.problem.value }, [
    element("span", {}, () => (store.problem.value ? refusalWords(store.problem.value) : "")),
    " ",
    button(shared("action.retry"), store.reload, { kind: "quiet" }),
  ]);
}

/** @param {Problem} problem */
function refusalWords(problem) {
  const own = known(`problem.${problem.code}`) ?? (problem.errors ?? []).map(({ path }) => known(`problem.at.${path}`)).find((each) => each);
  return own ?? problemWords(problem);
}
