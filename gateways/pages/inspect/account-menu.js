// <account-menu>: the name of the user who is logged in, and the two ways to log out.

/** @import { Failure } from "./types" */
import { element } from "../base/elements.js";
import { session } from "../base/session/session.js";
import { actionButton } from "./view.js";

class AccountMenu extends HTMLElement {
  #name = element("span", {});
  #menu = element("div", { class: "menu" });
  #details = element("details", {}, [element("summary", {}, ["Account"]), this.#menu]);

  connectedCallback() {
    this.replaceChildren(this.#details);
    session.addEventListener("change", () => this.#show());
    this.addEventListener("keydown", (event) => event.key === "Escape" && this.#close({ back: true }));
    this.addEventListener("focusout", ({ relatedTarget: next }) => {
      if (!this.contains(/** @type {Node?} */ (next))) this.#close({ back: false });
    });
    this.#show();
  }

  #show() {
    this.#details.open = false;
    if (!session.open) return;
    this.#name.textContent = session.name;
    const forget = actionButton("Leave this page", () => session.forget());
    this.#menu.replaceChildren(element("p", {}, ["Inspecting as ", element("strong", {}, this.#name)]), forget);
    if (!session.isAgent) return;
    const logOut = actionButton("Log out everywhere", () => this.#logOut());
    this.#menu.append(
      element("p", { class: "quiet" }, "Logs you out of this page, in all its tabs. Your agent session continues."),
      logOut,
      element("p", { class: "quiet" }, "Ends your agent session, on agent desktops as well."),
    );
  }

  async #logOut() {
    try {
      await session.logOut();
    } catch (error) {
      const { status, message, detail = "" } = /** @type {Failure} */ (error);
      if (status === 401) session.forget();
      else this.#menu.append(element("p", { class: "wrong", role: "alert" }, `${message}. ${detail}`));
    }
  }

  /** @param {{ back: boolean }} options */
  #close({ back }) {
    if (!this.#details.open) return;
    this.#details.open = false;
    if (back) this.#details.querySelector("summary")?.focus();
  }
}

customElements.define("account-menu", AccountMenu);
