// The types of the controls. They are for checks and are not served.

import type { IconName } from "../icons.js";

/** How a button looks and what becomes of its failures; all else are attributes. */
export interface ButtonOptions {
  icon?: IconName;
  iconOnly?: boolean;
  kind?: "primary" | "secondary" | "quiet" | "danger";
  failed?: (error: unknown) => void;
  [attribute: string]: any;
}

/** What `chooser` offers. `hint` stands beside the words, `also` is found and not seen. */
export interface Choice {
  key: string;
  words: string;
  hint?: string;
  also?: string;
  group?: string;
  icon?: IconName;
  disabled?: boolean;
}

/** An entry of a menu; null draws a line. */
export type MenuEntry = { words: string; act: () => unknown; icon?: IconName; checked?: boolean; hint?: string } | null;

/**
 * A column of a table. `value` is what is sorted by; `cell` is what stands there, or else the value; `foot` is what stands
 * below. A definition can be opened beside the words.
 */
export interface Column<Item> {
  key: string;
  words: string;
  value: (item: Item) => string | number | null;
  cell?: (item: Signal<Item>) => Node | string | (() => BoundText);
  number?: boolean;
  definition?: string;
  foot?: Node | string | (() => BoundText);
}

export interface Sorting {
  column: string;
  descending: boolean;
}
