import { explainFromLog } from '../../replay/explain.ts';
import { oneOf, readArguments } from '../arguments.ts';
import { UsageError, type Command } from '../command.ts';

const usage = `
Usage: ./kezek explain APPLICATION PRESCHOOL [--language kk|ru|en] [--json] < ENTRIES

Decides a log as ./kezek replay does and then says why this application stands where it stands in the
queue of this preschool, each fact with its paragraph of the Rules. Exit status 1 where the log does
not know the application, 2 where a line is malformed.

  --language CODE   kk, ru or en (default en)
  --json            the same as data
  --calendar FILE   as for ./kezek replay
  --policy FILE     as for ./kezek replay
`;

export const command: Command = {
  name: 'explain',
  summary: 'say why an application stands where it stands',
  usage,
  run: (args) => {
    const options = {
      language: { type: 'string', default: 'en' },
      json: { type: 'boolean', default: false },
      calendar: { type: 'string' },
      policy: { type: 'string' },
    } as const;
    const { values, positionals } = readArguments(args, options, 2);
    const [applicationId, preschoolId] = positionals;
    if (applicationId === undefined || preschoolId === undefined) {
      throw new UsageError('name an application and a preschool');
    }
    return explainFromLog({
      input: process.stdin,
      output: process.stdout,
      errors: process.stderr,
      applicationId,
      preschoolId,
      language: oneOf('--language', values.language, ['kk', 'ru', 'en']),
      json: values.json,
      calendarFile: values.calendar,
      policyFile: values.policy,
    });
  },
};
