// Which files the server takes, as far as a browser knows before it sends them. Nothing here knows of a page.

/** The media types that a browser does not guess from the program that opens a file. */
const SPEAKING = /^(?:image|audio|video)\//;

/**
 * Whether the server may take a file of this media type. Where the type says nothing, the server looks into the file.
 *
 * @param {string} mediaType
 * @param {Api.AttachmentLimits} limits
 */
export function isTaken(mediaType, { media_types: taken }) {
  return !SPEAKING.test(mediaType) || taken.includes(mediaType);
}
