/** `npm run chaos -- messaging|allocator [options]`; `--help` behind the name tells the options. */
const usage = `
Usage: npm run chaos -- NAME [options]

  messaging   two services that send records to each other and back
  allocator   the allocator, a leader and a follower, under a load of entries

NAME --help tells the options.
`;

const [name, ...args] = process.argv.slice(2);
switch (name) {
  case 'messaging':
    await (await import('./messaging-main.ts')).main(args);
    break;
  case 'allocator':
    await (await import('./allocator-main.ts')).main(args);
    break;
  default: {
    const isAsked = name === '--help';
    (isAsked ? process.stdout : process.stderr).write(isAsked ? usage : `There is no chaos "${name ?? ''}".\n${usage}`);
    process.exit(isAsked ? 0 : 2);
  }
}
