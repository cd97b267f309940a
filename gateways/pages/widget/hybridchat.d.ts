// What `window.hybridchat` is on the pages that have the widget. docs/widget-reference.md is written from this file.

export interface Options {
  /** The name of the channel, of kind web. The widget does not start without one. */
  channel?: string;
  /** A BCP 47 tag. Without it the page's `lang` counts, then the browser's languages, the channel's, and English. */
  language?: string;
  /** `system`, `light`, `dark`, or `page` for the `color-scheme` of the page, which is followed. */
  theme?: "system" | "light" | "dark" | "page";
  /** A colour such as `#0b5cad`. What stands on it is white or black, whichever is read better. */
  accent?: string;
  /** An element of the page in which the chat stands, open and without a launcher. Only for the command `start`. */
  element?: Element;
}

export interface Commands {
  /** Puts the launcher on the page. A script with `data-channel`, or with `?channel=`, does it by itself. */
  start(options: Options): void;
  /** Opens the panel. */
  open(): void;
  /** Closes it, and gives the focus back. */
  close(): void;
  /** Opens or closes it. */
  toggle(): void;
  /** Shows the launcher. */
  show(): void;
  /** Hides the launcher, for pages with a button of their own. */
  hide(): void;
  /** Proves who the visitor is, by a JSON Web Token of the site's server, or a function that gets one when it is needed. */
  identify(token: string | (() => string | Promise<string>)): void;
  /** Adds attributes to the conversation that the visitor starts next. */
  set(attributes: Record<string, unknown>): void;
  /** Adds the page's address and title to them, as `page_url` and `page_title`; those of this page without `page`. */
  page(page?: { url: string; title: string }): void;
  /** Changes the language while the chat goes on. */
  language(tag: string): void;
  /** Changes the colours. */
  theme(name: "system" | "light" | "dark" | "page"): void;
  /** Ends the conversation. */
  end(): void;
  /** Forgets the visitor and the conversation in this browser, as when somebody logs out. The conversation stays open. */
  reset(): void;
  /** Listens to an event. Returns the function that ends it. */
  on(type: keyof Events, listener: (event: object) => void): () => void;
  /** Ends it. */
  off(type: keyof Events, listener: (event: object) => void): void;
  /** Leaves nothing of the widget on the page. */
  destroy(): void;
}

export interface Events {
  /** The launcher is on the page. */
  ready: Record<string, never>;
  /** The panel was opened. */
  open: Record<string, never>;
  /** It was closed. */
  close: Record<string, never>;
  /** So many messages are new. */
  unread: { count: number };
  /** The queue is open or closed. */
  availability: { open: boolean };
  /** The visitor was invited. */
  invitation: Record<string, never>;
  /** The visitor has started a conversation. */
  "conversation.started": { conversation_id: string };
  /** An agent has joined. */
  "agent.joined": { name: string };
  /** An agent has left. */
  "agent.left": { name: string };
  /** Somebody has written: `customer`, `bot`, `agent` or `system`. */
  message: { id: string; sender: string };
  /** The conversation has ended. */
  "conversation.ended": Record<string, never>;
  /** The visitor has rated it, from 1 to 5. */
  rating: { score: number };
  /** The server has refused something, in words for the visitor. */
  error: { message: string };
}
