// The types of the frame of the pages. They are for checks and are not served.

import type { MenuEntry } from "./controls/types";

export type Role = "agent" | "supervisor" | "administrator";

export interface PageOptions {
  /** The last part of the page's address. */
  name: string;
  title: string;
  /** A sentence below the heading of the log-in. */
  lead: string;
  /** Who may use the page. */
  roles: Role[];
  /** Which API key the page takes, in words; none if it is missing. */
  keys?: string;
  /** More entries of the account's menu. */
  entries?: () => MenuEntry[];
  /** What logs out, if it is more than ending the session. */
  logOut?: () => unknown;
  /** Makes the content. `agent` is null for an API key; `top` is the page's own place in the heading. */
  view: (place: { agent: Api.Profile | null; top: HTMLElement; content: HTMLElement }) => Node | Node[];
}
