// The drawings of the pages, which say nothing to screen readers. Each is drawn with lines in a square of 24.

const SPACE = "http://www.w3.org/2000/svg";
const PATHS = {
  accept: "M5 12.5l4.5 4.5L19 7.5",
  add: "M12 5v14M5 12h14",
  agent: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0",
  agents: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20a6.5 6.5 0 0 1 13 0M16 4.5a3.5 3.5 0 0 1 0 6.2M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  alert: "M12 4L2.8 19.5h18.4zM12 10v4.5M12 17.2v.1",
  announce: "M4 10v4h3l8 4.5v-13L7 10zM18.5 9a4.5 4.5 0 0 1 0 6",
  attach: "M19 11.5l-7.3 7.3a4.6 4.6 0 0 1-6.5-6.5l8-8a3.1 3.1 0 0 1 4.4 4.4l-7.9 7.9a1.5 1.5 0 0 1-2.2-2.2l7-7",
  back: "M15 5l-7 7 7 7",
  bell: "M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15zM10 21h4",
  bell_off: "M4 4l16 16M8 6.6A6 6 0 0 1 18 11v4M6 11v5.5l-1.5 2h13.7M10 21h4",
  book: "M5 5.5A2.5 2.5 0 0 1 7.5 3H19v18H7.5A2.5 2.5 0 0 1 5 18.5zM5 18.5A2.5 2.5 0 0 1 7.5 16H19",
  bot: "M6 9h12v9H6zM12 9V5M9 13v1M15 13v1M3.5 12v3M20.5 12v3M12 5a1 1 0 1 0 0-2 1 1 0 0 0 0 2z",
  calendar: "M4 6h16v14H4zM4 10.5h16M8 3v4M16 3v4",
  chart: "M4 20h16M7 16.5v-5M12 16.5V6M17 16.5v-8",
  chat: "M4 5h16v11H11l-4 4v-4H4z",
  check: "M5 12.5l4.5 4.5L19 7.5",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.5 2",
  close: "M6 6l12 12M18 6L6 18",
  code: "M8.5 7L3.5 12l5 5M15.5 7l5 5-5 5",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  decline: "M6 6l12 12M18 6L6 18",
  down: "M5 9l7 7 7-7",
  download: "M12 4v11M7 11l5 5 5-5M5 20h14",
  edit: "M4 20l1-4.5L16.5 4 20 7.5 8.5 19zM14 6.5L17.5 10",
  end: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM8.5 8.5l7 7M15.5 8.5l-7 7",
  eye: "M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z",
  file: "M6 3h8l4 4v14H6zM14 3v4h4",
  filter: "M4 5h16l-6.5 8v6l-3-1.5V13z",
  hand: "M7 12V6.5a1.5 1.5 0 0 1 3 0V11M10 10V4.5a1.5 1.5 0 0 1 3 0V11M13 10.5V6a1.5 1.5 0 0 1 3 0v6M16 11a1.5 1.5 0 0 1 3 0v3.5a6.5 6.5 0 0 1-6.5 6.5c-3 0-4.5-1.5-6-4L4.2 13.5a1.5 1.5 0 0 1 2.6-1.5L8 13.5",
  history: "M4 12a8 8 0 1 0 2.5-5.8L4 8.5M4 4v4.5h4.5M12 8v4.5l3 1.5",
  info: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 11v5.5M12 7.7v.1",
  keyboard: "M3 7h18v10H3zM6.5 10.2h.1M10 10.2h.1M13.5 10.2h.1M17 10.2h.1M7.5 14h9",
  label: "M4 4h8l8.5 8.5-8 8L4 12zM8 8v.1",
  link: "M10 14a4 4 0 0 0 5.7 0l3.5-3.5a4 4 0 0 0-5.7-5.7L12 6.3M14 10a4 4 0 0 0-5.7 0l-3.5 3.5a4 4 0 0 0 5.7 5.7l1.5-1.5",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.1M4 12h.1M4 18h.1",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  log_out: "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
  menu: "M4 6.5h16M4 12h16M4 17.5h16",
  more: "M5.5 12h.1M12 12h.1M18.5 12h.1",
  note: "M5 4h14v11l-5 5H5zM14 20v-5h5M8.5 8.5h7M8.5 12h4",
  pause: "M8 5v14M16 5v14",
  phone: "M5 4h4l1.5 5L8 10.5a12 12 0 0 0 5.5 5.5L15 13.5l5 1.5v4a1.5 1.5 0 0 1-1.5 1.5A15 15 0 0 1 3.5 5.5 1.5 1.5 0 0 1 5 4z",
  pin: "M9 4h6l-1 6 3.5 3.5h-11L10 10zM12 13.5V21",
  play: "M8 5l11 7-11 7z",
  queue: "M4 6h16M4 11h16M4 16h9M17 14v6M14 17l3 3 3-3",
  refresh: "M20 12a8 8 0 1 1-2.5-5.8L20 8.5M20 4v4.5h-4.5",
  route: "M6 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM18 9a2 2 0 1 0 0-4 2 2 0 0 0 0 4zM8 17h6a3.5 3.5 0 0 0 0-7h-4a3.5 3.5 0 0 1 0-7h6",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l4.5 4.5",
  send: "M4 12L20 4l-4.5 16-4-6.5zM11.5 13.5L20 4",
  settings: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.1 2.1M16.3 16.3l2.1 2.1M5.6 18.4l2.1-2.1M16.3 7.7l2.1-2.1",
  sound: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM15.5 9a4.5 4.5 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11",
  sound_off: "M4 9.5v5h3.5L12 19V5L7.5 9.5zM16 9.5l5 5M21 9.5l-5 5",
  star: "M12 4l2.5 5.2 5.7.7-4.2 3.9 1.1 5.7L12 16.7l-5.1 2.8L8 13.8 3.8 9.9l5.7-.7z",
  team: "M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM5 20a7 7 0 0 1 14 0",
  transfer: "M4 8h13M13 4l4 4-4 4M20 16H7M11 12l-4 4 4 4",
  undo: "M8 5L4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9",
  up: "M5 15l7-7 7 7",
  upload: "M12 16V5M7 9l5-5 5 5M5 20h14",
  wait: "M7 4h10M7 20h10M8 4c0 5 8 7 8 16M16 4c0 5-8 7-8 16",
  whisper: "M5 5h14v9h-7l-4 4v-4H5zM9 9.5h.1M12 9.5h.1M15 9.5h.1",
};

/** Drawings that point where one reads on; they turn round where that is to the left. */
const POINTING = new Set(["back", "list", "log_out", "queue", "send", "sound", "sound_off", "undo"]);

/** @typedef {keyof typeof PATHS} IconName */

/** The names of all drawings. */
export const ICONS = /** @type {IconName[]} */ (Object.keys(PATHS));

/** @param {IconName} name */
export function icon(name) {
  const svg = document.createElementNS(SPACE, "svg");
  const path = document.createElementNS(SPACE, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", POINTING.has(name) ? "icon mirrored" : "icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
