import type { Topic } from '#contracts';

const dayMs = 24 * 60 * 60 * 1_000;

const retentionText = ({ retention }: Topic): string =>
  typeof retention === 'object' ? `${retention.ms / dayMs} days` : retention;

const failureText = ({ failurePolicy, retryDelaysMs }: Topic): string =>
  failurePolicy === 'retry-topic'
    ? `retry after ${retryDelaysMs.map((ms) => `${ms / 1_000} s`).join(', ')}, then dead letter`
    : failurePolicy;

/** The page docs/topics.md: one row a topic, from the table that the runtime reads. */
export function topicsPage(topics: readonly Topic[]): string {
  const head = [
    'topic',
    'key',
    'partitions',
    'retention',
    'writers → readers',
    'when a record fails',
    'personal',
    'messages',
  ];
  const rows = topics.map((topic) => [
    `\`${topic.name}\``,
    topic.key,
    String(topic.partitions),
    retentionText(topic),
    `${topic.writers.join(', ')} → ${topic.readers.join(', ')}`,
    failureText(topic),
    topic.personal ? 'yes' : 'no',
    topic.messages.join(', ') || '–',
  ]);
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return `<!-- Generated from schemas/topics.yaml by tools/node tools/topics-page/main.ts; a test compares the two. -->

# Topics

Values are Avro in Confluent's wire format, headers are CloudEvents', keys are UTF-8 text. Each topic has a dead-letter
topic \`<topic>.dlq\` (90 days); one whose records are tried again later has \`<topic>.retry.<n>\` (30 days).
The policies are told in messaging.md.

${line(head)}
${line(head.map(() => '---'))}
${rows.map(line).join('\n')}
`;
}
