// Builds the pages into dist/, which the server serves as it is:
//   dist/widget.js            the launcher, under a name that hosts embed       → /widget.js
//   dist/widget.d.ts          the types of its interface for host pages         → /widget.d.ts
//   dist/assets/*-<hash>.*    everything else, may be cached for ever           → /assets/*
//   dist/index.html           list of the demo workspaces                      → /
//   dist/demo/<workspace>.html                                                 → /demo/<workspace>
//   dist/desk.html, dist/login.html, dist/workshop.html                        → /desk, /desk/login, /desk/articles
//   dist/admin.html                                                            → /desk/admin
//   dist/talk.html            behind the link of a mail                        → /talk/<workspace>
//   dist/manifest.json        logical name → file, and the sizes that were measured
//   *.gz                      compressed siblings, chosen by Accept-Encoding
// Fails when a page outgrows its budget.
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";
import { compress, gzipped, WORTH_COMPRESSING } from "./build/compress.mjs";
import { licenses } from "./build/licenses.mjs";
import { checked } from "./build/budget.mjs";
import { styleText } from "./build/plugins.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
const assets = join(dist, "assets");
process.chdir(here);

const common = {
  bundle: true,
  minify: true,
  target: "es2022",
  jsx: "automatic",
  jsxImportSource: "preact",
  metafile: true,
  legalComments: "none",
  logLevel: "warning",
};
const hashed = { outdir: assets, entryNames: "[name]-[hash]", chunkNames: "[name]-[hash]" };
const modules = { ...common, ...hashed, format: "esm", splitting: true };

await rm(dist, { recursive: true, force: true });
await mkdir(assets, { recursive: true });

// Widget and desk are built apart: a visitor never loads a byte that only agents need.
const [widget, desk, sheets] = await Promise.all([
  esbuild.build({ ...modules, entryPoints: ["widget/chat.tsx"], plugins: [styleText] }),
  esbuild.build({ ...modules, entryPoints: ["desk/desk.tsx", "desk/login.ts", "workshop/workshop.tsx", "admin/admin.tsx", "talk/talk.ts"] }),
  esbuild.build({ ...common, ...hashed, entryPoints: ["desk/desk.css", "workshop/workshop.css", "admin/admin.css", "demo/demo.css", "talk/talk.css"] }),
]);

/** Logical name ("desk.js") → file under dist ("assets/desk-ABC.js"). */
const files = {};
const outputs = [widget, desk, sheets].flatMap((built) => Object.entries(built.metafile.outputs));
for (const [path, { entryPoint }] of outputs) {
  if (entryPoint) files[basename(entryPoint).replace(/\.tsx?$/, ".js")] = relative("dist", path);
}

// The launcher comes last: it names the chat chunk and what that imports, so that they load side by side.
const chat = Object.entries(widget.metafile.outputs).find(([, out]) => out.entryPoint === "widget/chat.tsx");
const together = [chat[0], ...chat[1].imports.filter((i) => i.kind === "import-statement").map((i) => i.path)];
const launcher = await esbuild.build({
  ...common,
  entryPoints: ["widget/launcher.ts"],
  outfile: join(dist, "widget.js"),
  format: "iife",
  define: { CHAT_FILES: JSON.stringify(together.map((path) => relative("dist", path))) },
});
files["widget.js"] = "widget.js";

for (const page of await pages()) {
  const html = (await readFile(page.from, "utf8")).replace(/\{\{([\w.-]+)\}\}/g, (_, name) => {
    if (!files[name])
      throw new Error(`${page.from}: nothing is built as {{${name}}}; there are ${Object.keys(files).join(", ")}`);
    return "/" + files[name];
  });
  await mkdir(dirname(join(dist, page.to)), { recursive: true });
  await writeFile(join(dist, page.to), html);
  files[page.to] = page.to;
}

await copyFile("widget/slabot.d.ts", join(dist, "widget.d.ts"));

const metafiles = [widget, desk, sheets, launcher].map((built) => built.metafile);
await writeFile(join(dist, "THIRD_PARTY_LICENSES.txt"), await licenses(metafiles));

const english = Object.entries(widget.metafile.outputs).find(([, out]) => out.entryPoint === "widget/words/en.ts");
const chunks = Object.keys(widget.metafile.outputs).filter((path) => !together.includes(path) && path !== english[0]);
const sizes = await checked(
  [
    { name: "launcher", limit: 3_000, files: ["dist/widget.js"] },
    { name: "first interest to an answered message", limit: 25_000, files: [...together, english[0]] },
    ...chunks.map((path) => ({ name: basename(path), limit: 12_000, files: [path] })),
  ],
  gzipped,
);

await writeFile(join(dist, "manifest.json"), JSON.stringify({ files, sizes }, null, 2) + "\n");
for (const file of await readdir(dist, { recursive: true })) {
  if (WORTH_COMPRESSING.test(file)) await compress(join(dist, file));
}

async function pages() {
  const demos = (await readdir("demo")).filter((name) => name.endsWith(".html"));
  return [
    { from: "desk/desk.html", to: "desk.html" },
    { from: "desk/login.html", to: "login.html" },
    { from: "workshop/workshop.html", to: "workshop.html" },
    { from: "admin/admin.html", to: "admin.html" },
    { from: "talk/talk.html", to: "talk.html" },
    ...demos.map((name) => ({ from: `demo/${name}`, to: name === "index.html" ? name : `demo/${name}` })),
  ];
}
