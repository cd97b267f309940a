// The frame of the pages at which people work: the heading with the way to the other pages, and what stands below it for
// the one who is logged in.

/** @import { PageOptions, Role } from "./page.types" */
import { accountMenu } from "./account.js";
import { button } from "./controls/button.js";
import { dismissAll, noticeArea, notifyOfProblem } from "./controls/notices.js";
import { element } from "./elements.js";
import { list } from "./formats.js";
import { icon } from "./icons.js";
import { logInView } from "./log-in.js";
import { ROOT } from "./root.js";
import { session } from "./session/session.js";
import { owned } from "./signals.js";
import { shared } from "./words/shared.js";

const LEADERS = /** @type {Role[]} */ (["supervisor", "administrator"]);
const PAGES = /** @type {const} */ ([
  { name: "desk", icon: "chat", roles: ["agent", "supervisor", "administrator"] },
  { name: "floor", icon: "agents", roles: LEADERS },
  { name: "reports", icon: "chart", roles: LEADERS },
  { name: "admin", icon: "settings", roles: ["administrator"] },
  { name: "inspect", icon: "search", roles: LEADERS },
]);

/**
 * Starts the page: asks to log in, and then shows what `view` makes for the agent, until the session ends. `view` may
 * put controls of the page into the heading that it gets; what it returns is the content.
 *
 * @param {PageOptions} options
 */
export async function startPage(options) {
  const top = element("header", { class: "top" });
  const content = element("main", { id: "content", tabindex: "-1" });
  const skip = element("a", { class: "skip-link", href: "#content", onclick: (event) => (event.preventDefault(), content.focus()) }, shared("skip"));
  document.body.replaceChildren(skip, top, content, noticeArea());
  document.body.classList.add("page", `page-${options.name}`);
  await session.comeBack().catch(notifyOfProblem);
  let stop = () => {};
  let { user } = session;
  const show = () => {
    stop();
    for (const dialog of document.querySelectorAll("dialog")) dialog.close(); // it is of the one who was logged in
    if (session.user !== null) {
      if (session.user !== user) dismissAll();
      user = session.user;
    }
    const drawn = owned(() => draw(options, top, content));
    stop = drawn.stop;
  };
  session.addEventListener("change", show);
  show();
}

/**
 * @param {PageOptions} options
 * @param {HTMLElement} top
 * @param {HTMLElement} content
 */
function draw(options, top, content) {
  const { agent } = session;
  const mayUse = agent ? options.roles.includes(/** @type {Role} */ (agent.role)) : session.open && options.keys !== undefined;
  const own = element("div", { class: "top-own" });
  const heading = session.open ? [brand(options), navigation(options.name), own, accountMenu(options)] : [brand(options)];
  top.replaceChildren(...heading);
  document.title = `${options.title} · Hybrid Chat`;
  if (!session.open) content.replaceChildren(logInView(options));
  else if (!mayUse) content.replaceChildren(notAllowed(options));
  else content.replaceChildren(...[options.view({ agent, top: own, content })].flat());
  document.body.classList.toggle("logged-out", !session.open || !mayUse);
}

/** @param {PageOptions} options */
function brand({ title }) {
  return element("a", { class: "brand", href: ROOT }, [
    element("img", { src: new URL("icon.svg", import.meta.url).href, alt: "", width: 24, height: 24 }),
    element("span", {}, ["Hybrid Chat ", element("span", { class: "brand-part" }, title)]),
  ]);
}

/** @param {string} here */
function navigation(here) {
  const role = /** @type {Role | undefined} */ (session.agent?.role);
  const links = PAGES.filter(({ roles }) => role && /** @type {readonly Role[]} */ (roles).includes(role)).map(({ name, icon: drawing }) =>
    element("a", { href: ROOT + name, "aria-current": name === here ? "page" : null, title: shared(`page.${name}`) }, [icon(drawing), element("span", {}, shared(`page.${name}`))]),
  );
  return element("nav", { class: "pages", "aria-label": shared("pages.label"), hidden: links.length < 2 }, links);
}

/** @param {PageOptions} options */
function notAllowed({ title, roles }) {
  const words = shared("log_in.not_allowed", { roles: list(roles.map((role) => shared(`roles.${role}`))), name: session.name });
  return element("div", { class: "log-in" }, [
    element("h1", { tabindex: "-1" }, title),
    element("p", { class: "notice", role: "alert" }, words),
    button(shared("log_in.other"), () => session.forget(), { kind: "primary" }),
  ]);
}
