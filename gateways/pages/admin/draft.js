// What is typed into the form of an item. It outlives the form, so that a session that ends takes nothing with it.

/** @import { Item, Kind, Section, Shapes, Versioned } from "./types" */
import { batch, signal } from "../base/signals.js";
import { filledIn } from "./schema.js";
import { same } from "./values.js";

/** @type {Map<string, Draft>} */
const drafts = new Map();
/** @type {string?} */
let owner = null;

/** The item as it was read or saved last, and each field as it is in the form. */
export class Draft {
  /** @type {Signal<Item>} */
  #base;

  /**
   * @param {Kind} kind
   * @param {Shapes} shapes
   * @param {string?} name null for a new item
   * @param {Versioned} read
   */
  constructor(kind, shapes, name, { item, version }) {
    this.kind = kind;
    this.shapes = shapes;
    this.isNew = name === null;
    this.name = signal(name ?? "");
    this.#base = signal(filledIn(shapes, this.isNew ? {} : item));
    this.version = version;
    const first = filledIn(shapes, item);
    /** @type {{ [field: string]: Signal<any> }} */
    this.values = Object.fromEntries(Object.keys(shapes).map((path) => [path, signal(first[path])]));
  }

  /** The item as it was read or saved last. @returns {Item} */
  get base() {
    return this.#base.value;
  }

  /** The item as it is in the form. @returns {Item} */
  get item() {
    return Object.fromEntries(Object.keys(this.values).map((path) => [path, this.#now(path)]));
  }

  /** The fields that are not as they were read. */
  get changed() {
    return Object.keys(this.values).filter((path) => !same(this.#now(path), this.base[path]));
  }

  get isChanged() {
    return this.changed.length > 0 || (this.isNew && this.name.value !== "");
  }

  /** Whether the section counts, as the item is in the form. @param {Section} section */
  isShown({ only = {} }) {
    return Object.entries(only).every(([path, needed]) => this.values[path].value === needed);
  }

  /** The value of a field as it counts: what is typed into a section that is not shown is kept, but left out. @param {string} path */
  #now(path) {
    const section = this.kind.sections.find(({ fields }) => fields.some((field) => field.path === path));
    const { value } = this.values[path];
    return section && !this.isShown(section) ? this.shapes[path].initial : value;
  }

  /** Puts back what was read. */
  reset() {
    batch(() => {
      for (const [path, value] of Object.entries(this.values)) value.value = structuredClone(this.base[path]);
      if (this.isNew) this.name.value = "";
    });
  }

  /**
   * Goes on from the item as it was saved. What has been typed since it was sent stays.
   *
   * @param {Item} sent
   * @param {Item} item
   * @param {number?} version
   */
  saved(sent, item, version) {
    this.version = version;
    batch(() => {
      this.#base.value = filledIn(this.shapes, item);
      for (const [path, value] of Object.entries(this.values)) {
        if (same(value.peek(), sent[path])) value.value = structuredClone(this.base[path]);
      }
    });
  }

  /**
   * Goes on from the item as it is now; fields that were not changed here follow it. Null is for an item that is not
   * there any more.
   *
   * @param {Item?} item
   * @param {number?} version
   */
  rebase(item, version) {
    const untouched = Object.keys(this.values).filter((path) => !this.changed.includes(path));
    this.version = item === null ? null : version;
    if (item === null) return;
    batch(() => {
      this.#base.value = filledIn(this.shapes, item);
      for (const path of untouched) this.values[path].value = structuredClone(this.base[path]);
    });
  }
}

/** The draft that is kept under the key. @param {string} key */
export function keptDraft(key) {
  return drafts.get(key);
}

/** @param {string} key @param {Draft} draft */
export function keepDraft(key, draft) {
  drafts.set(key, draft);
  return draft;
}

/** @param {string} key */
export function dropDraft(key) {
  drafts.delete(key);
}

/** Whether anything is typed that is not saved. */
export function hasUnsaved() {
  return [...drafts.values()].some((draft) => draft.isChanged);
}

/** Drafts are for the one who has typed them: they are gone when somebody else logs in. @param {string} user */
export function draftsOf(user) {
  const isOther = owner !== null && owner !== user;
  if (isOther) drafts.clear();
  owner = user;
  return isOther;
}
