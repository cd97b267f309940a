// The shifts of a calendar, drawn as a week: a line for each day, on which shifts are added, moved and removed by
// pointer and by keyboard.

/** @import { Filling } from "./types" */
/** @import { Shift } from "./shifts.js" */
import { button } from "../base/controls/button.js";
import { field, input } from "../base/controls/field.js";
import { element, unseen } from "../base/elements.js";
import { keepRows } from "../base/rows.js";
import { computed, effect, signal, untracked } from "../base/signals.js";
import { group } from "./group.js";
import { DAYS, DAY_MINUTES, STEP, calendarOf, dayName, minuteIn, moved, nextShift, ofDay, overlapping, shiftOf, shiftsIn, timeOf } from "./shifts.js";
import { same } from "./values.js";
import { words } from "./words.js";

const HOURS = [0, 6, 12, 18, 24];
const EDGE_PIXELS = 9;

/** @param {Filling} filling */
export function week(filling) {
  const drawn = new Week(filling.value);
  const heading = element("div", { class: "week-hours", "aria-hidden": "true" }, HOURS.map((hour) => element("span", {}, String(hour))));
  const grid = element("div", { class: "week" }, [heading, ...DAYS.map((day) => drawn.dayLine(day))]);
  const overlap = element("p", { class: "fault", role: "status" }, () => (drawn.wrong.value.length ? words("week.overlap") : ""));
  return group(filling, [element("p", { class: "hint week-keys" }, words("week.help")), grid, overlap, drawn.details()]);
}

class Week {
  /** @param {Signal<any>} value */
  constructor(value) {
    /** @type {Signal<Shift[]>} */
    this.shifts = signal(shiftsIn(value.peek()));
    /** @type {Signal<number?>} */
    this.chosen = signal(null);
    this.wrong = computed(() => overlapping(this.shifts.value));
    /** @type {Map<string, HTMLElement>} */
    this.tracks = new Map();
    effect(() => {
      const next = calendarOf(this.shifts.value);
      if (!same(next, value.peek())) value.value = next;
    });
    effect(() => {
      const now = value.value;
      untracked(() => same(now, calendarOf(this.shifts.peek())) || (this.shifts.value = shiftsIn(now)));
    });
  }

  /** The shift that has the focus or had it last. */
  get current() {
    return this.shifts.value.find(({ id }) => id === this.chosen.value);
  }

  /** @param {Shift} shift */
  put(shift) {
    const others = this.shifts.peek().filter(({ id }) => id !== shift.id);
    this.shifts.value = [...others, shift];
    this.focus(shift.id);
  }

  /** @param {number} id */
  focus(id) {
    this.chosen.value = id;
    const drawn = document.getElementById(`shift-${id}`);
    if (drawn && drawn !== document.activeElement && !drawn.closest(".week-details")) drawn.focus({ preventScroll: true });
  }

  /** @param {Shift} shift */
  remove({ id, day }) {
    this.shifts.value = this.shifts.peek().filter((shift) => shift.id !== id);
    /** @type {HTMLElement?} */ (this.tracks.get(day)?.parentElement?.querySelector(".button"))?.focus();
  }

  /** @param {string} day */
  dayLine(day) {
    const track = element("div", { class: "track", onpointerdown: (event) => this.#drawn(event, day) });
    this.tracks.set(day, track);
    keepRows(track, () => ofDay(this.shifts.value, day), ({ id }) => id, (item) => this.#bar(item));
    const add = () => {
      const next = nextShift(this.shifts.peek(), day);
      if (next) this.put(next);
    };
    const adding = button(words("week.add", { day: dayName(day) }), add, { icon: "add", iconOnly: true, kind: "quiet", disabled: () => nextShift(this.shifts.value, day) === null });
    return element("div", { class: "day", role: "group", "aria-label": dayName(day) }, [element("span", { class: "day-name", "aria-hidden": "true" }, dayName(day, "short")), track, adding]);
  }

  /** The day and the times of the chosen shift, to be typed. */
  details() {
    const day = element("select", { onchange: ({ currentTarget }) => this.#change({ day: currentTarget.value }) }, DAYS.map((each) => element("option", { value: each }, dayName(each))));
    const [start, end] = [this.#timeField("start"), this.#timeField("end")];
    effect(() => (day.value = this.current?.day ?? DAYS[0]));
    const spread = () => {
      const { day: from } = /** @type {Shift} */ (this.current);
      const copies = DAYS.slice(0, 5).filter((each) => each !== from).flatMap((each) => ofDay(this.shifts.peek(), from).map((shift) => shiftOf(each, shift.start, shift.end)));
      this.shifts.value = [...this.shifts.peek().filter((shift) => shift.day === from || DAYS.indexOf(shift.day) > 4), ...copies];
    };
    const removing = () => {
      if (this.current) this.remove(this.current);
    };
    return element("div", { class: "week-details", hidden: () => !this.current }, [
      field(words("week.day"), day).node,
      start,
      end,
      button(words("week.spread"), spread, { icon: "copy" }),
      button(words("week.remove"), removing, { icon: "close" }),
    ]);
  }

  /** @param {"start" | "end"} edge */
  #timeField(edge) {
    const control = input({ class: "short", inputmode: "numeric", maxlength: 5, autocomplete: "off" });
    const made = field(words(edge === "start" ? "week.from" : "week.to"), control);
    effect(() => {
      const shift = this.current;
      if (shift) control.value = timeOf(shift[edge]);
    });
    control.addEventListener("change", () => {
      const minutes = minuteIn(control.value);
      made.wrong(Number.isNaN(minutes) ? words("week.no_time") : null);
      const shift = this.current;
      if (Number.isNaN(minutes) || !shift) return;
      const next = { ...shift, [edge]: minutes };
      made.wrong(next.start < next.end ? null : words("week.order"));
      if (next.start < next.end) this.#change({ [edge]: minutes });
    });
    return made.node;
  }

  /** @param {Partial<Shift>} changes */
  #change(changes) {
    const shift = this.current;
    if (shift) this.shifts.value = this.shifts.peek().map((each) => (each.id === shift.id ? { ...each, ...changes } : each));
  }

  /** @param {Signal<Shift>} item */
  #bar(item) {
    const name = () => words("week.shift", { day: dayName(item.value.day), from: timeOf(item.value.start), to: timeOf(item.value.end) });
    const made = element("button", {
      type: "button",
      id: `shift-${item.peek().id}`,
      class: () => `shift${this.wrong.value.some(({ id }) => id === item.value.id) ? " wrong" : ""}${this.chosen.value === item.value.id ? " chosen" : ""}`,
      onfocus: () => (this.chosen.value = item.peek().id),
      onkeydown: (event) => this.#pressed(event, item.peek()),
      onpointerdown: (event) => this.#dragged(event, item),
    }, [unseen(name), element("span", { class: "shift-time", dir: "ltr", "aria-hidden": "true" }, () => `${timeOf(item.value.start)}–${timeOf(item.value.end)}`)]);
    effect(() => {
      made.style.setProperty("--from", String(item.value.start / DAY_MINUTES));
      made.style.setProperty("--length", String((item.value.end - item.value.start) / DAY_MINUTES));
    });
    return made;
  }

  /** @param {KeyboardEvent} event @param {Shift} shift */
  #pressed(event, shift) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return this.remove(shift);
    }
    const forward = isRightToLeft() ? -1 : 1;
    const [minutes, days] = /** @type {Record<string, [number, number]>} */ ({ ArrowRight: [STEP * forward, 0], ArrowLeft: [-STEP * forward, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] })[event.key] ?? [0, 0];
    if (!minutes && !days) return;
    event.preventDefault();
    this.put(moved(shift, minutes, days, event.shiftKey ? "end" : event.altKey ? "start" : null));
  }

  /**
   * Moves the shift with the pointer, or the edge that the pointer has caught.
   *
   * @param {PointerEvent & { currentTarget: HTMLElement }} event
   * @param {Signal<Shift>} item
   */
  #dragged(event, item) {
    event.stopPropagation();
    if (event.button) return;
    const { left, right } = event.currentTarget.getBoundingClientRect();
    const [atLeft, atRight] = [event.clientX - left < EDGE_PIXELS, right - event.clientX < EDGE_PIXELS];
    const edge = right - left < EDGE_PIXELS * 3 || !(atLeft || atRight) ? null : atLeft !== isRightToLeft() ? "start" : "end";
    this.#follow(event, item.peek(), edge);
  }

  /** Draws a new shift. @param {PointerEvent & { currentTarget: HTMLElement }} event @param {string} day */
  #drawn(event, day) {
    if (event.button) return;
    event.preventDefault();
    const { left, right, width } = event.currentTarget.getBoundingClientRect();
    const share = (isRightToLeft() ? right - event.clientX : event.clientX - left) / width;
    const start = Math.min(Math.floor((share * DAY_MINUTES) / 30) * 30, DAY_MINUTES - 60);
    const shift = shiftOf(day, start, start + 60);
    this.put(shift);
    this.#follow(event, shift, "end");
  }

  /**
   * @param {PointerEvent} event
   * @param {Shift} from
   * @param {"start" | "end" | null} edge
   */
  #follow(event, from, edge) {
    const { clientX } = event;
    const width = /** @type {HTMLElement} */ (this.tracks.get(from.day)).getBoundingClientRect().width;
    const move = (/** @type {PointerEvent} */ at) => {
      const distance = ((at.clientX - clientX) / width) * DAY_MINUTES * (isRightToLeft() ? -1 : 1);
      const days = edge ? 0 : this.#dayAt(at.clientY, from.day) - DAYS.indexOf(from.day);
      const next = moved(from, Math.round(distance / STEP) * STEP, days, edge);
      if (Math.abs(at.clientX - clientX) > 3 || days) this.put(next);
    };
    const done = () => {
      removeEventListener("pointermove", move);
      removeEventListener("pointerup", done);
      removeEventListener("pointercancel", done);
    };
    addEventListener("pointermove", move);
    addEventListener("pointerup", done);
    addEventListener("pointercancel", done);
  }

  /** @param {number} y @param {string} otherwise */
  #dayAt(y, otherwise) {
    const at = DAYS.findIndex((day) => {
      const { top, bottom } = /** @type {HTMLElement} */ (this.tracks.get(day)).getBoundingClientRect();
      return y >= top && y < bottom;
    });
    return at < 0 ? DAYS.indexOf(otherwise) : at;
  }
}

function isRightToLeft() {
  return document.documentElement.dir === "rtl";
}
