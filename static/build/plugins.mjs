// What esbuild has to be told about our sources.
import * as esbuild from "esbuild";

/** `import css from "./widget.css"` gives the sheet as minified text: the shadow root adopts it, no style tag needed. */
export const styleText = {
  name: "style-text",
  setup(build) {
    build.onLoad({ filter: /\.css$/ }, async ({ path }) => {
      const { outputFiles } = await esbuild.build({ entryPoints: [path], bundle: true, minify: true, write: false });
      return { contents: outputFiles[0].text.trim(), loader: "text" };
    });
  },
};
