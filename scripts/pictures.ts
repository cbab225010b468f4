import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { catalog } from '#db/seed/catalog.ts';

interface IconPackage {
  readonly width: number;
  readonly height: number;
  readonly icons: Readonly<Record<string, { readonly body: string } | undefined>>;
}

const folder = path.join(import.meta.dirname, '..', 'public', 'pictures');

/**
 * Writes the product pictures (Fluent Emoji by Microsoft, MIT) out of the icon package to public/pictures/<name>.svg.
 * Does nothing, and doesn't open the 100 MB package, when all are there. Throws when the package lacks one.
 * Files, not inlined SVGs: the gradient ids of two inlined pictures collide.
 */
export const writePictures = async (): Promise<{ readonly written: number; readonly present: number }> => {
  await mkdir(folder, { recursive: true });
  const present = new Set(await readdir(folder));
  const wanted = [...new Set(catalog.map((product) => product.picture))];
  const missing = wanted.filter((name) => !present.has(`${name}.svg`));
  if (missing.length === 0) return { written: 0, present: wanted.length };

  const source = createRequire(import.meta.url).resolve('@iconify-json/fluent-emoji/icons.json');
  const { icons, width, height }: IconPackage = JSON.parse(await readFile(source, 'utf8'));
  for (const name of missing) {
    const icon = icons[name];
    if (!icon) throw new Error(`The icon package has no picture "${name}".`);
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="320" height="320" viewBox="0 0 ${width} ${height}">${icon.body}</svg>`;
    // Written aside and renamed: a killed build leaves no half picture that looks finished.
    const aside = path.join(folder, `.${name}.${process.pid}`);
    await writeFile(aside, svg);
    await rename(aside, path.join(folder, `${name}.svg`));
  }
  return { written: missing.length, present: wanted.length - missing.length };
};

if (import.meta.main) {
  const { written, present } = await writePictures();
  console.log(`Pictures: ${written} written, ${present} already there.`);
}
