// The guides in the navigation and the search: a section for each folder, and <api-guide>, which leads to one.

/** @import { Description, Guide, GuideEntry, Section } from "./types" */
import { element } from "../base/elements.js";

/**
 * @param {Guide[]} guides
 * @returns {Section[]}
 */
export function guideSections(guides) {
  const folders = [...new Set(guides.map(folderOf))];
  return folders.map((folder) => ({
    id: folder ? `guides-${folder}` : "guides",
    name: folder ? `Guides: ${folder}` : "Guides",
    entries: guides.filter((guide) => folderOf(guide) === folder).map(entryOf),
  }));
}

/** @param {Guide} guide */
function folderOf({ path }) {
  return path.split("/").slice(0, -1).join("/");
}

/**
 * @param {Guide} guide
 * @returns {GuideEntry}
 */
function entryOf({ path, title, words }) {
  const id = `guide-${path.replace(/\.md$/, "").replaceAll("/", "-")}`;
  const href = `docs/guides/${path}`;
  return { id, title, href, part: "api-guide", searched: `guide\n${title}\n${words}`.toLowerCase() };
}

class ApiGuide extends HTMLElement {
  /**
   * @param {Description} _
   * @param {GuideEntry} entry
   */
  show(_, { id, title, href }) {
    this.id = id;
    this.replaceChildren(element("h3", {}, element("a", { href }, title)));
  }
}

customElements.define("api-guide", ApiGuide);
