/** `npm run contracts`: types, codecs' schemas and the topic table from schemas/; `--check` fails on a difference. */
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { emitNamespace } from './emit-types.ts';
import { readSchemaFiles, type SchemaFile } from './schema-files.ts';
import { emitTopics, readTopicTable } from './topic-table.ts';

const root = join(import.meta.dirname, '../..');
const target = join(root, 'libs/contracts/src/generated');
const lockPath = join(root, 'schemas/ids.lock.json');
const banner = '// Generated from schemas/ by `npm run contracts`. Edit the schema, not this file.\n\n';
const onlyCheck = process.argv.includes('--check');

const files = readSchemaFiles(join(root, 'schemas'));
const ids = assignIds(files);
const prettierOptions = { ...(await resolveConfig(join(target, 'x.ts'))), parser: 'typescript' };
const outputs = new Map<string, string>([[lockPath, JSON.stringify(ids, null, 2) + '\n']]);

const byNamespace = Map.groupBy(latestOf(files), (file) => file.record.namespace!.split('.').at(-1)!);
for (const [namespace, members] of byNamespace) await emit(`${namespace}.ts`, emitNamespace(members));
await emit('messages.ts', emitMessages(files, byNamespace));
const table = readTopicTable(
  readFileSync(join(root, 'schemas/topics.yaml'), 'utf8'),
  new Set(files.map((f) => f.name)),
);
await emit('topics.ts', emitTopics(table));

const stale = [...outputs]
  .filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
  .map(([path]) => path);
const surplus = existsSync(target) ? readdirSync(target).filter((name) => !outputs.has(join(target, name))) : [];
if (onlyCheck && stale.length + surplus.length > 0) {
  console.error(
    `out of date: ${[...stale, ...surplus].join(', ')}\nrun \`npm run contracts\` and commit what it writes`,
  );
  process.exit(1);
}
if (!onlyCheck) {
  mkdirSync(target, { recursive: true });
  surplus.forEach((name) => rmSync(join(target, name)));
  stale.forEach((path) => writeFileSync(path, outputs.get(path)!));
}
console.log(
  `contracts: ${files.length} schemas, ${Object.keys(table).length} topics, ${onlyCheck ? 'up to date' : `${stale.length} files written`}`,
);

async function emit(name: string, text: string): Promise<void> {
  outputs.set(join(target, name), await format(banner + text, prettierOptions));
}

function latestOf(all: readonly SchemaFile[]): SchemaFile[] {
  return [...new Map(all.map((file) => [file.name, file])).values()];
}

/** Ids already given never change; a new file gets the next one. */
function assignIds(all: readonly SchemaFile[]): Record<string, number> {
  const locked = existsSync(lockPath) ? (JSON.parse(readFileSync(lockPath, 'utf8')) as Record<string, number>) : {};
  let next = Math.max(1000, ...Object.values(locked)) + 1;
  for (const file of all) locked[`${file.name}.v${file.version}`] ??= next++;
  const known = new Set(all.map((file) => `${file.name}.v${file.version}`));
  const lost = Object.keys(locked).filter((key) => !known.has(key));
  if (lost.length > 0) throw new Error(`a schema that was published must stay: ${lost.join(', ')}`);
  return locked;
}

function emitMessages(all: readonly SchemaFile[], namespaces: ReadonlyMap<string, SchemaFile[]>): string {
  const imports = [...namespaces.keys()].map((ns) => `import type * as ${ns} from './${ns}.ts';`).join('\n');
  const map = [...namespaces]
    .flatMap(([ns, members]) => members.map((m) => `  ${m.name}: ${ns}.${m.name};`))
    .join('\n');
  const personal = latestOf(all).map(
    (f) => `  ${f.name}: ${JSON.stringify(f.record.fields.filter((x) => x.personal).map((x) => x.name))},`,
  );
  const versions = all.map(
    (f) =>
      `  { id: ${ids[`${f.name}.v${f.version}`]}, name: '${f.name}', version: ${f.version}, avsc: ${JSON.stringify(JSON.stringify(f.record))} },`,
  );
  return `${imports}

type Messages = {
${map}
};
export type MessageName = keyof Messages;
export type MessageOf<N extends MessageName> = Messages[N];

/** Every version of every schema, oldest first. */
export const schemas: readonly { readonly id: number; readonly name: MessageName; readonly version: number; readonly avsc: string }[] = [
${versions.join('\n')}
];

export const messageNames: readonly MessageName[] = [...new Set(schemas.map((schema) => schema.name))];

export const personalFields: Record<MessageName, readonly string[]> = {
${personal.join('\n')}
};
`;
}
