// The types of the administration. They are for checks and are not served.

import type { IconName } from "../base/icons.js";

export type KindKey = Api.ItemChange["kind"];

/** An item of the configuration in plain values, by field. */
export interface Item {
  [field: string]: any;
}

/** The items of a kind as they were read last, with the version of each. */
export interface Table {
  items: { [name: string]: Item };
  versions: { [name: string]: number };
}

export interface Versioned {
  item: Item;
  version: number | null;
}

export type ControlName =
  | "text"
  | "number"
  | "seconds"
  | "check"
  | "choice"
  | "reference"
  | "references"
  | "list"
  | "dates"
  | "zone"
  | "country"
  | "skills"
  | "steps"
  | "overflow"
  | "week"
  | "pairs"
  | "texts"
  | "keys"
  | "canned"
  | "widget"
  | "connector"
  | "choices"
  | "reason";

/** A field of a kind. `of` is the kind whose items it names. */
export interface FieldDescription {
  path: string;
  control: ControlName;
  of?: KindKey;
}

export interface Section {
  /** The key of its heading; none for the first one. */
  key: string | null;
  fields: FieldDescription[];
  /** The values of other fields with which its fields count; with others it is neither shown nor sent. */
  only?: { [field: string]: string };
}

/** A kind of items: how they are listed and filled in. */
export interface Kind {
  key: KindKey;
  /** The name of their schema in the API's description. */
  schema: string;
  icon: IconName;
  group: "people" | "routing" | "contact" | "words" | "access";
  sections: Section[];
  /** The fields that the list shows beside the name. */
  columns: string[];
}

/** What the API's description says of a field. */
export interface Shape {
  type?: string;
  minimum?: number;
  above?: number;
  maximum?: number;
  maxLength?: number;
  options?: string[];
  /** The choices for each entry of a list. */
  each?: string[];
  /** The names that an object may have. */
  names?: string[];
  description?: string;
  /** Whether it names a secret of the settings. */
  isSecret?: boolean;
  /** Of a union, what the fields of each type may be. */
  variants?: { [type: string]: Shapes };
  nullable: boolean;
  required: boolean;
  initial: any;
}

export type Shapes = { [field: string]: Shape };

/** A control that stands in a form. `wrong` puts up what is wrong with the input, or takes it away. */
export interface Placed {
  node: HTMLElement;
  control: () => HTMLElement | null;
  wrong: (words: string | null, path?: string) => void;
}

/** What a control is made of: its field, the value that it changes, and the item that it belongs to. */
export interface Filling {
  kind: Kind;
  field: FieldDescription;
  shape: Shape;
  value: Signal<any>;
  values: { [field: string]: Signal<any> };
  name: () => string | null;
}

export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}
