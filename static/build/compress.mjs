// The .gz siblings that the server picks by Accept-Encoding; made once here instead of for each request.
import { readFile, writeFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";

export const WORTH_COMPRESSING = /\.(js|css|html|svg|json|txt)$/;

export async function gzipped(path) {
  return gzipSync(await readFile(path), { level: 9 });
}

export async function compress(path) {
  await writeFile(path + ".gz", await gzipped(path));
}
