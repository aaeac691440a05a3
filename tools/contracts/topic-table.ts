import { parse } from 'yaml';
import { z } from 'zod';

const app = z.enum(['intake', 'gateway-adapters', 'allocator', 'notifier', 'auditor', 'operator', 'anybody']);

const topicForm = z.strictObject({
  key: z.string(),
  partitions: z.int().min(1),
  retention: z.union([z.int().min(1), z.literal('forever'), z.literal('compacted')]),
  personal: z.boolean(),
  messages: z.array(z.string()),
  writers: z.array(app).min(1),
  readers: z.array(app).min(1),
  recordBytesMax: z.int().min(1024).default(1_048_576),
  timestamps: z.enum(['create', 'append']).default('create'),
  failurePolicy: z.enum(['stop-the-line', 'park-key', 'retry-topic', 'skip']),
  retryDelaysMs: z.array(z.int().min(100)).default([5_000, 60_000, 600_000]),
});

const tableForm = z.strictObject({ topics: z.record(z.string().regex(/^kezek(\.[a-z]+)+$/), topicForm) });

/** The topic table of `schemas/topics.yaml`, checked: its form, and that each message has a schema. */
export function readTopicTable(yaml: string, messageNames: ReadonlySet<string>) {
  const { topics } = tableForm.parse(parse(yaml));
  for (const [name, topic] of Object.entries(topics)) {
    for (const message of topic.messages) {
      if (!messageNames.has(message)) throw new Error(`${name}: no schema is named ${message}`);
    }
  }
  return topics;
}

export type TopicTable = ReturnType<typeof readTopicTable>;

/** TypeScript of the table. */
export function emitTopics(table: TopicTable): string {
  const rows = Object.entries(table).map(([name, topic]) => {
    const retention = typeof topic.retention === 'number' ? { ms: topic.retention * 86_400_000 } : topic.retention;
    return `  ${JSON.stringify(name)}: ${JSON.stringify({ name, ...topic, retention })},`;
  });
  return `import type { MessageName } from './messages.ts';

export type FailurePolicy = 'stop-the-line' | 'park-key' | 'retry-topic' | 'skip';
export type TopicName = ${Object.keys(table)
    .map((name) => `'${name}'`)
    .join(' | ')};
/** One row of schemas/topics.yaml. */
export type Topic = {
  readonly name: TopicName;
  /** Which id the record key holds. */
  readonly key: string;
  readonly partitions: number;
  readonly retention: { readonly ms: number } | 'forever' | 'compacted';
  /** True when fields that hold personal data are sealed on it. */
  readonly personal: boolean;
  readonly messages: readonly MessageName[];
  readonly writers: readonly string[];
  readonly readers: readonly string[];
  readonly recordBytesMax: number;
  /** append: stamped by the broker; create: by the writer. */
  readonly timestamps: 'create' | 'append';
  readonly failurePolicy: FailurePolicy;
  /** Waits before each attempt on a retry topic, ms. */
  readonly retryDelaysMs: readonly number[];
};
export const topics: Record<TopicName, Topic> = {
${rows.join('\n')}
};
`;
}
