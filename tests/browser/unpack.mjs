// Unpacks the Chromium of @sparticuz/chromium into the folder that the first argument names, with the libraries and the
// fonts that it needs. The package unpacks into the folder for temporary files, so that is set first.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";

const folder = resolve(process.argv[2]);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
process.env.TMPDIR = folder;

const { inflate } = await import("@sparticuz/chromium");
const packed = (file) => fileURLToPath(new URL(`../bin/${file}`, import.meta.resolve("@sparticuz/chromium")));
await Promise.all(["chromium.br", "al2023.tar.br", "fonts.tar.br"].map((file) => inflate(packed(file))));

// The package's own fonts.conf names folders of the machines for which it is made; without a font no page is drawn.
writeFileSync(
  `${folder}/fonts.conf`,
  `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}/fonts</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${folder}/fonts/cache</cachedir>
</fontconfig>
`,
);
