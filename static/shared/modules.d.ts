// Stylesheets are bundled as minified text; the pages adopt them, so a strict Content-Security-Policy holds.
declare module "*.css" {
  const css: string;
  export default css;
}
