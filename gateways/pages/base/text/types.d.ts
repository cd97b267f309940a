// The types of texts as people write them. They are for checks and are not served.

/** A text with marks: pieces of text and what is marked. */
export type Inlines = (string | InlineNode)[];

export type InlineNode =
  | { type: "code"; text: string }
  | { type: "link"; address: string; content: Inlines }
  | { type: "strong" | "emphasis"; content: Inlines };

export type Block =
  | { type: "paragraph" | "heading" | "quote"; content: Inlines }
  | { type: "code"; text: string }
  | { type: "list"; first: number | null; items: Inlines[] };
