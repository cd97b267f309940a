// The types of the catalogues of words. They are for checks and are not served.

/** The words of a page by their keys. One with a `count` has a text for each plural of its language. */
export interface Catalogue {
  [key: string]: string | { [category: string]: string };
}

export type Translator<Words> = (key: keyof Words, values?: Record<string, string | number>) => string;
