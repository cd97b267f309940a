// A report as a file for spreadsheets.

import { serverTime } from "../base/clock.js";
import { element } from "../base/elements.js";
import { addressOf, send } from "../base/session/calls.js";
import { locale } from "../base/words.js";
import { askedOf } from "./asked.js";
import { localNow } from "./periods.js";
import { place } from "./place.js";
import { BROWSER_ZONE } from "./zone-field.js";

const FORGET_MILLISECONDS = 60_000;

/** Whether spreadsheets of the reader's country expect semicolons, since they write decimal commas. */
const SEMICOLONS = new Intl.NumberFormat(locale).format(1.5).includes(",");

/** Has the browser save all rows of the report. Raises Problem. @param {Api.ReportDescription} description */
export async function csvFile(description) {
  const { parameters } = place.peek();
  const zone = parameters.zone || BROWSER_ZONE;
  const { compare: _, ...query } = askedOf(description, parameters, { zone, now: localNow(zone, serverTime()), firstDay: 1 });
  const address = addressOf(description.path.slice(1), { ...query, format: "csv", delimiter: SEMICOLONS ? "semicolon" : "comma" });
  const response = await send(address, { headers: { Accept: "text/csv" } });
  const link = URL.createObjectURL(await response.blob());
  element("a", { href: link, download: `${description.name} ${query.from} ${query.to}.csv`.replaceAll(":", "") }).click();
  setTimeout(() => URL.revokeObjectURL(link), FORGET_MILLISECONDS);
}
