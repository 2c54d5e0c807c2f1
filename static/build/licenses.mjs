// THIRD_PARTY_LICENSES.txt: the licence text of every package whose code is in a bundle.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export async function licenses(metafiles) {
  const folders = new Set();
  for (const { inputs } of metafiles) {
    for (const input of Object.keys(inputs)) {
      const match = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input);
      if (match) folders.add(match[1]);
    }
  }
  return (await Promise.all([...folders].sort().map(notice))).join("\n" + "-".repeat(80) + "\n\n");
}

async function notice(folder) {
  const { name, version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version} brings no licence text; it cannot be bundled`);
  return `${name} ${version} (${license})\n\n${(await readFile(join(folder, file), "utf8")).trim()}\n`;
}
