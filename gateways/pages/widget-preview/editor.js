// The settings of one channel's widget: the form, the button that saves it, the preview and the snippet.

/** @import { Fault, Part } from "./types" */
import { element } from "../base/elements.js";
import { effect, signal } from "../base/signals.js";
import { clearFaults, showFaults } from "./faults.js";
import { SampleView } from "./sample-view.js";
import { Problem, call, user } from "./session.js";
import { isSame, tidied } from "./settings.js";
import { snippetView } from "./snippet.js";
import { widgetForm } from "./widget-form.js";

/** The `view` of a channel's widget. What is typed stays in it until it is saved or undone. */
export class Editor {
  #name;
  #callbackChannels;
  /** The channel as it was read or saved last. */
  #channel;
  /** @type {Part<Api.Widget>} */
  #form;
  #isChanged = signal(false);
  #outcome = signal({ words: "", state: "" });
  #sample;
  #fields = element("fieldset", { class: "bare", disabled: () => !user.value?.mayWrite });
  #snippet = element("div", {});
  #choice = element("div", { class: "conflict" });
  #button = element("button", { type: "submit", class: "button" }, "Save");

  /**
   * @param {string} name
   * @param {Api.Channel} channel
   * @param {string[]} callbackChannels
   */
  constructor(name, channel, callbackChannels) {
    this.#name = name;
    this.#callbackChannels = callbackChannels;
    this.#channel = channel;
    this.#form = this.#filled();
    this.#sample = new SampleView(name, () => this.#read(), this.#isChanged);
    this.#snippet.replaceChildren(snippetView(name, channel));
    const side = element("div", { class: "side" }, [this.#sample.view, this.#snippet]);
    this.view = element("div", { class: "editor" }, [this.#settings(), side]);
    effect(() => {
      if (this.#isChanged.value && this.#outcome.peek().state === "good") this.#report("");
    });
  }

  /** Whether something is not saved. */
  get isChanged() {
    return this.#isChanged.peek();
  }

  /** Loads the sample site anew. */
  load() {
    this.#sample.load();
  }

  #settings() {
    const submit = (/** @type {Event} */ event) => {
      event.preventDefault();
      void this.#attempt();
    };
    const attributes = { class: "settings", novalidate: true, "aria-label": `Settings of the widget of ${this.#name}` };
    return element("form", { ...attributes, onsubmit: submit, oninput: () => this.#compare() }, [
      element("p", { class: "notice", hidden: () => user.value?.mayWrite !== false }, "You may look at this as a supervisor. Only an administrator may change it."),
      this.#fields,
      this.#saveBar(),
    ]);
  }

  #saveBar() {
    const undo = element("button", { type: "button", class: "plain", disabled: () => !this.#isChanged.value }, "Undo all");
    undo.addEventListener("click", () => {
      this.#show(this.#channel);
      this.#report("As it was saved.");
      this.#button.focus();
    });
    const words = () => this.#outcome.value.words || "It takes effect at once, for all visitors.";
    const outcome = element("p", { class: "outcome", role: "status", "data-state": () => this.#outcome.value.state }, words);
    return element("div", { class: "save", hidden: () => !user.value?.mayWrite }, [
      element("div", { class: "buttons" }, [this.#button, undo, outcome]),
      this.#choice,
    ]);
  }

  /** One attempt to save at a time. With `over`, what somebody else has saved meanwhile is replaced. */
  async #attempt({ over = false } = {}) {
    if (this.#button.getAttribute("aria-disabled")) return;
    this.#button.setAttribute("aria-disabled", "true");
    this.#choice.replaceChildren();
    try {
      await this.#save(over);
    } catch (error) {
      if (error instanceof Problem && error.errors.length) this.#refuse(error.errors);
      else this.#report(`Nothing is saved: ${/** @type {Error} */ (error).message}`, "bad");
    } finally {
      this.#button.removeAttribute("aria-disabled");
    }
  }

  /**
   * All else of the channel stays as it is now.
   *
   * @param {boolean} over
   */
  async #save(over) {
    /** @type {Fault[]} */
    const faults = [];
    const widget = this.#read(faults);
    if (faults.length) return this.#refuse(faults);
    clearFaults(this.#form.node);
    this.#report("Saving…");
    const now = await call(`GET admin/v1/channels/${this.#name}`);
    const isOthers = ![this.#channel.widget ?? {}, widget].some((known) => isSame(tidied(now.widget ?? {}), tidied(known)));
    if (isOthers && !over) return this.#ask(now);
    this.#channel = await call(`PUT admin/v1/channels/${this.#name}`, { body: { ...now, widget } });
    this.#snippet.replaceChildren(snippetView(this.#name, this.#channel));
    this.#compare();
    this.#report("Saved. Visitors have it from now on.", "good");
    await this.#sample.reload();
  }

  /** @param {Fault[]} faults */
  #refuse(faults) {
    const others = showFaults(this.#form.node, faults);
    const count = faults.length === 1 ? "One field is wrong." : `${faults.length} fields are wrong.`;
    this.#report(["Nothing is saved.", count, ...others.map(({ path, message }) => `${path}: ${message}.`)].join(" "), "bad");
  }

  /**
   * Has the reader choose between what is typed and what somebody else has saved meanwhile.
   *
   * @param {Api.Channel} now
   */
  #ask(now) {
    this.#report("Nothing is saved: somebody else has changed this widget meanwhile. What you have typed is still here.", "bad");
    const take = () => {
      this.#show(now);
      this.#choice.replaceChildren();
      this.#report("This is what the other one has saved.");
      this.#button.focus();
      void this.#sample.reload();
    };
    const overwrite = () => {
      this.#button.focus();
      void this.#attempt({ over: true });
    };
    const mine = element("button", { type: "button", class: "plain", onclick: overwrite }, "Save mine over it");
    const theirs = element("button", { type: "button", class: "plain", onclick: take }, "Take theirs, and leave mine");
    this.#choice.replaceChildren(mine, theirs);
    mine.focus();
  }

  /** @param {Api.Channel} channel */
  #show(channel) {
    this.#channel = channel;
    this.#form = this.#filled();
    this.#compare();
  }

  #filled() {
    const form = widgetForm(this.#channel.widget ?? {}, this.#callbackChannels);
    this.#fields.replaceChildren(form.node);
    return form;
  }

  #compare() {
    this.#isChanged.value = !isSame(this.#read(), tidied(this.#channel.widget ?? {}));
    this.#sample.paint();
  }

  /** @param {Fault[]} [faults] */
  #read(faults = []) {
    return this.#form.read("widget", faults);
  }

  /**
   * @param {string} words
   * @param {"" | "good" | "bad"} [state]
   */
  #report(words, state = "") {
    this.#outcome.value = { words, state };
  }
}
