import type {
  AvroArray,
  AvroEnum,
  AvroField,
  AvroLogical,
  AvroRecord,
  AvroSchema,
  SchemaFile,
} from './schema-files.ts';

const primitives: Record<string, string> = {
  null: 'null',
  boolean: 'boolean',
  int: 'number',
  float: 'number',
  double: 'number',
  long: 'bigint',
  string: 'string',
  bytes: 'Buffer',
};

/** TypeScript for all messages of one namespace: one type a record, one union of literals an enum. */
export function emitNamespace(files: readonly SchemaFile[]): string {
  const declared = new Map<string, string>();
  for (const file of files) declareRecord(declared, file.record);
  return [...declared.values()].join('\n');
}

function declare(declared: Map<string, string>, name: string, text: string): void {
  const known = declared.get(name);
  if (known !== undefined && known !== text) throw new Error(`${name} is defined twice, differently, in one namespace`);
  declared.set(name, text);
}

function declareRecord(declared: Map<string, string>, record: AvroRecord): void {
  const fields = record.fields.map((field) => emitField(declared, field)).join('\n');
  declare(declared, record.name, `/** ${record.doc} */\nexport type ${record.name} = {\n${fields}\n};\n`);
}

function emitField(declared: Map<string, string>, field: AvroField): string {
  const personal = field.personal ? ` Personal: ${field.personal}.` : '';
  return `  /** ${field.doc}${personal} */\n  readonly ${field.name}: ${emitType(declared, field.type)};`;
}

function emitType(declared: Map<string, string>, type: AvroSchema): string {
  if (typeof type === 'string') return primitives[type] ?? type;
  if (Array.isArray(type)) return emitUnion(declared, type);
  if (type.type === 'record') {
    declareRecord(declared, type as AvroRecord);
    return (type as AvroRecord).name;
  }
  if (type.type === 'enum') {
    const { name, doc, symbols } = type as AvroEnum;
    declare(declared, name, `/** ${doc} */\nexport type ${name} = ${symbols.map((s) => `'${s}'`).join(' | ')};\n`);
    return name;
  }
  if (type.type === 'array') {
    const items = emitType(declared, (type as AvroArray).items);
    return `readonly ${/^[\w.]+$/.test(items) ? items : `(${items})`}[]`;
  }
  const logical = type as AvroLogical;
  return logical.logicalType === 'timestamp-millis' ? 'number' : emitType(declared, logical.type);
}

function emitUnion(declared: Map<string, string>, branches: AvroSchema[]): string {
  const records = branches.filter(
    (b): b is AvroRecord => typeof b === 'object' && !Array.isArray(b) && b.type === 'record',
  );
  if (records.length < 2) return branches.map((branch) => emitType(declared, branch)).join(' | ');
  records.forEach((record) => declareRecord(declared, record));
  const name = 'Decision';
  const tagged = records.map((r) => `  | ({ readonly type: '${r.name}' } & ${r.name})`).join('\n');
  const wrapped = records.map((r) => `  | { readonly 'kz.kezek.decisions.${r.name}': ${r.name} }`).join('\n');
  declare(declared, name, `/** One decision, told apart by its type. */\nexport type ${name} =\n${tagged};\n`);
  declare(
    declared,
    `${name}Branch`,
    `/** One decision as it lies in the union. */\nexport type ${name}Branch =\n${wrapped};\n`,
  );
  return `${name}Branch`;
}
