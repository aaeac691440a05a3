import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Attacker, honestBody, type Outcome, signed } from './attacker.ts';
import type { ConformanceCase } from './case.ts';

const refused = (
  name: string,
  make: (envelope: string) => string | Uint8Array,
  contentType?: string,
): ConformanceCase => ({
  name,
  expected: 'refused',
  codes: ['SCE001', 'SCE006', 'SCE007'],
  send: async (by) => by.post(make(await signed(by)), contentType),
});

const declaration = '<?xml version="1.0" encoding="UTF-8"?>';
const afterDeclaration = (envelope: string, what: string): string => envelope.replace(declaration, declaration + what);
const inBody = (envelope: string, what: string): string => envelope.replace('</requestData>', `${what}</requestData>`);

const bomb = `<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">${'bcdefghij'
  .split('')
  .map((name, place) => `<!ENTITY ${name} "${`&${'abcdefghi'[place]};`.repeat(10)}">`)
  .join('')}]>`;

/** What a reader of XML must not do, whatever stands in the message. */
export const xmlCases: readonly ConformanceCase[] = [
  refused('an entity bomb', (envelope) => inBody(afterDeclaration(envelope, bomb), '<x>&j;</x>')),
  refused('a quadratic entity', (envelope) =>
    inBody(
      afterDeclaration(envelope, `<!DOCTYPE b [<!ENTITY a "${'a'.repeat(50_000)}">]>`),
      `<x>${'&a;'.repeat(50_000)}</x>`,
    ),
  ),
  { name: 'an external entity, which is not fetched', expected: 'refused', send: externalEntity },
  refused('a document type alone', (envelope) => afterDeclaration(envelope, '<!DOCTYPE Envelope>')),
  refused('an undeclared entity', (envelope) => inBody(envelope, '<x>&nbsp;</x>')),
  refused('a processing instruction', (envelope) => inBody(envelope, '<?php phpinfo() ?>')),
  refused('100 000 levels', (envelope) => inBody(envelope, '<x>'.repeat(100_000) + '</x>'.repeat(100_000))),
  refused('a million elements', (envelope) => inBody(envelope, '<x/>'.repeat(1_000_000))),
  refused('10 000 attributes', (envelope) =>
    inBody(envelope, `<x ${Array.from({ length: 10_000 }, (_, place) => `a${place}=""`).join(' ')}/>`),
  ),
  refused('10 000 namespaces', (envelope) =>
    inBody(
      envelope,
      `<x ${Array.from({ length: 10_000 }, (_, place) => `xmlns:n${place}="urn:${place}"`).join(' ')}/>`,
    ),
  ),
  refused('16 MB', (envelope) => inBody(envelope, `<x>${'a'.repeat(16 * 1024 * 1024)}</x>`)),
  { name: 'a sender of a byte now and again', expected: 'cut-off', send: (by) => by.trickle() },
  refused('an envelope of another namespace', (envelope) =>
    envelope.replaceAll('schemas.xmlsoap.org/soap/envelope', 'example.org/envelope'),
  ),
  refused('an unbound prefix', (envelope) => inBody(envelope, '<y:x/>')),
  refused('half an envelope', (envelope) => envelope.slice(0, envelope.length / 2)),
  refused('nothing', () => ''),
  refused('JSON', () => '{"iin":"991301300003"}', 'application/json'),
  refused('CP1251 bytes', (envelope) => Buffer.from(inBody(envelope, '<x>\xcf\xf0\xe8</x>'), 'latin1')),
  refused('a CP1251 declaration', (envelope) => envelope.replace('encoding="UTF-8"', 'encoding="windows-1251"')),
  refused('UTF-16', (envelope) => Buffer.from(`\uFEFF${envelope}`, 'utf16le')),
  refused('truncated UTF-8', (envelope) => {
    const bytes = Buffer.from(inBody(envelope, '<x>\u04d9\u04d9</x>'));
    return Buffer.concat([bytes.subarray(0, bytes.indexOf('</x>') - 1), bytes.subarray(bytes.indexOf('</x>'))]);
  }),
  refused('overlong UTF-8', (envelope) => Buffer.from(inBody(envelope, '<x>\xc0\xbc</x>'), 'latin1')),
  refused('a NUL', (envelope) => inBody(envelope, '<x>\0</x>')),
  { name: 'an unknown operation', expected: 'refused', codes: ['SCE001', 'SCE006'], send: unknownOperation },
];

async function unknownOperation(by: Attacker): Promise<Outcome> {
  const other = honestBody(by).replaceAll('t:SendMessage', 't:DropTables') as ReturnType<typeof honestBody>;
  return by.post(await signed(by, other));
}

/** The entity points at a listener of ours: a target that comes to fetch it has failed, whatever it then answers. */
async function externalEntity(by: Attacker): Promise<Outcome> {
  let fetched = false;
  const listener = createServer((_request, response) => {
    fetched = true;
    response.end('fetched');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const { port } = listener.address() as AddressInfo;
  const doctype = `<!DOCTYPE b [<!ENTITY x SYSTEM "http://127.0.0.1:${port}/x"><!ENTITY y SYSTEM "file:///etc/passwd">]>`;
  const outcome = await by.post(inBody(afterDeclaration(await signed(by), doctype), '<x>&x;&y;</x>'));
  listener.close();
  return fetched ? { ...outcome, httpStatus: 200, text: 'the target fetched the entity' } : outcome;
}
