/** What an operator typed and what was answered, as the page docs/dead-letter-story.md shows it. */
export class DeadLetterStory {
  readonly #parts: string[] = [];

  /** A sentence between commands. */
  say(text: string): void {
    this.#parts.push(text);
  }

  /** A command line and its answer. */
  add(commandLine: string, answer: string, status: number): void {
    const ending = status === 0 ? '' : `\n(exit status ${status})`;
    this.#parts.push(`\`\`\`console\n$ ./kezek ${commandLine}\n${sameEveryRun(answer)}${ending}\n\`\`\``);
  }

  /** A file that the operator wrote. */
  addFile(name: string, content: string): void {
    this.#parts.push(`\`${name}\`:\n\n\`\`\`json\n${sameEveryRun(content)}\n\`\`\``);
  }

  page(): string {
    return `${[introduction, ...this.#parts].join('\n\n')}\n`;
  }
}

const introduction = `# A dead letter, from its death to its end

Written by tools/operator/operator.kafka.spec.ts, which plays this story on a real broker and a real database and compares
what it saw with this page (\`KEZEK_WRITE_DOCS=1 ./kezek test operator\` writes it anew). Times and random ids are
replaced by fixed ones of the same length, the hex of sealed bytes is left out. What the words mean:
[dead-letters.md](dead-letters.md).`;

/** Replaces what differs from run to run by something as long, so that tables keep their form. */
function sameEveryRun(text: string): string {
  return text
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, '2026-05-14T09:00:00.000Z')
    .replace(
      /(ce_id: |kezek-correlation: |eventId: +)[0-9a-f-]{36}/g,
      (_, name: string) => `${name}3f9d2c10-0000-4000-8000-000000000000`,
    )
    .replace(/00-[0-9a-f]{32}-[0-9a-f]{16}-01/g, '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')
    .replace(/( {2}[0-9a-f]{6} {2}.*\n?)+( {2}… \d+ bytes)?/g, '  (left out)');
}
