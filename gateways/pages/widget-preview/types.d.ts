// The types that the scripts of this page share. They are for checks and are not served.

/** The one who is logged in. `role` is empty for an API key. */
export interface User {
  name: string;
  role: string;
  mayWrite: boolean;
}

export interface Fault {
  path: string;
  message: string;
}

/**
 * A part of the form. `read` returns what stands in it, marks its fields with their places in the body that is sent,
 * and adds what is wrong with them, as far as that is known here, to the `faults`.
 */
export interface Part<Value> {
  node: HTMLElement;
  read(path: string, faults: Fault[]): Value;
}

/** A row of a list that can grow: what is added, moved and removed as a whole. */
export type RowMaker<Item, Value> = (item: Item | undefined) => Part<Value>;

export type Words = { [language: string]: string };

/** A choice of a select: its value, and what is read. */
export type Choice = [value: string, label: string];

export interface SpokenWords {
  language: string;
  words: string;
}

/** What the widget offers to the page that it is on. */
export interface Chat {
  open(): void;
  on(type: "open" | "close", listener: () => void): () => void;
  theme(name: string): void;
}

/**
 * `noun` names a row, such as "question"; rows of a list that `moves` have buttons for it, and small rows have a small
 * one that removes them.
 */
export interface RowOptions {
  noun: string;
  moves?: boolean;
  isSmall?: boolean;
}
