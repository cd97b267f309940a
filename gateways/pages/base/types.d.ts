// The types that the scripts of all pages share. They are for checks and are not served.

/** A value that effects follow when they read it. */
interface Readable<T> {
  readonly value: T;
  peek(): T;
}

/** A value that can be set. */
interface Signal<T> extends Readable<T> {
  value: T;
}

/** What has the values that depend on it run or worked out again. */
interface Source {
  readers: Set<Dependent>;
  version: number;
  refresh(): void;
}

/** An effect or a computed value, with the version of each source that it has read. */
interface Dependent {
  sources: Map<Source, number>;
  outdate(): void;
}

type BoundText = string | number | null | undefined;

/** A child that `element` takes. Null is left out; a function is bound and returns the text. */
type Child = Node | string | null | (() => BoundText);
type Children = Child | Child[];

type Listeners<Made> = {
  [Type in keyof GlobalEventHandlersEventMap as `on${Type}`]?: (
    event: GlobalEventHandlersEventMap[Type] & { currentTarget: Made },
  ) => unknown;
};

/** The attributes, properties and listeners that `element` takes. A function of an attribute or property is bound. */
interface Attributes<Made = HTMLElement> extends Listeners<Made> {
  [name: string]: string | number | boolean | null | undefined | ((...passed: never[]) => unknown);
}

/** A row of `keepRows`: the node that stands for an item, and what ends all that follows the item. */
interface Row<Item> {
  item: Signal<Item>;
  node: ChildNode;
  stop: () => void;
}

type RowFactory<Item, Key> = (item: Signal<Item>, key: Key) => ChildNode;
