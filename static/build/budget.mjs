// The weight that the pages promise; a build that outgrows it fails and says by how much.

/** Each budget with its bytes after gzip: `{name: {bytes, limit}}`. Throws when one is over its limit. */
export async function checked(budgets, gzipped) {
  const sizes = {};
  const over = [];
  for (const { name, limit, files } of budgets) {
    const bytes = (await Promise.all(files.map(gzipped))).reduce((sum, file) => sum + file.length, 0);
    sizes[name] = { bytes, limit };
    console.log(`${String(bytes).padStart(7)} of ${String(limit).padStart(6)} B gzip  ${name}`);
    if (bytes > limit) over.push(`${name}: ${bytes} bytes, ${bytes - limit} more than its budget of ${limit}`);
  }
  if (over.length)
    throw new Error(`Too heavy.\n${over.join("\n")}\nLoad what is not needed at first from a chunk of its own.`);
  return sizes;
}
