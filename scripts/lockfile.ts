// npm drops an optional package from package-lock.json when the registry that it asks has none for a foreign platform
// (mirrors leave them out), and `npm ci` then refuses the file. An entry with the platform is enough: npm skips what
// is for another one without asking for it.

type Entry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

export type Lockfile = { readonly packages: Readonly<Record<string, Entry>> };

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'x64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'loong64', 'mips64el'];

/** The platform that a native package's name ends in, such as `binding-linux-x64-musl`. */
const platformOf = (name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> => {
  const words = name.split(/[-/]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc =
    words.includes('musl') || words.includes('musleabihf') ? ['musl'] : words.includes('gnu') ? ['glibc'] : [];
  return {
    ...(cpu.length > 0 ? { cpu } : {}),
    ...(libc.length > 0 && os.includes('linux') ? { libc } : {}),
    ...(os.length > 0 ? { os } : {}),
  };
};

const isThere = (packages: Lockfile['packages'], from: string, name: string): boolean => {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`]) return true;
    if (folder === '') return false;
  }
};

/** Optional packages that some package asks for and the file lacks, with the version asked for. */
export const missingOptionals = ({ packages }: Lockfile): readonly { name: string; version: string; dev: boolean }[] =>
  Object.entries(packages).flatMap(([path, { optionalDependencies = {}, dev = false }]) =>
    Object.entries(optionalDependencies)
      .filter(([name]) => !isThere(packages, path, name))
      .map(([name, version]) => ({ name, version, dev })),
  );

/** The file with an entry for every native package of other platforms. Others that are missing are left to npm. */
export const completeLockfile = (lockfile: Lockfile): { lockfile: Lockfile; added: readonly string[] } => {
  const found = missingOptionals(lockfile).flatMap(({ name, version, dev }): readonly (readonly [string, Entry])[] => {
    const platform = platformOf(name);
    if (!/^\d/.test(version) || (!platform.os && !platform.cpu)) return [];
    return [[`node_modules/${name}`, { version, ...platform, ...(dev ? { dev } : {}), optional: true }]];
  });
  const [root, ...others] = Object.entries(lockfile.packages);
  const sorted = [...others, ...found].sort(([a], [b]) => a.localeCompare(b, 'en'));
  return {
    lockfile: { ...lockfile, packages: Object.fromEntries(root ? [root, ...sorted] : sorted) },
    added: found.map(([path]) => path),
  };
};
