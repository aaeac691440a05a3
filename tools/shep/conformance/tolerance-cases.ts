import { xmlElement, xmlText, xmlVouched } from '#shep';
import { type Attacker, honestBody, type Outcome, signed } from './attacker.ts';
import type { ConformanceCase } from './case.ts';

type Body = ReturnType<typeof honestBody>;

const taken = (name: string, make: (by: Attacker) => string, contentType?: string): ConformanceCase => ({
  name,
  expected: 'taken',
  send: async (by) => by.post(await signed(by, make(by) as Body), contentType),
});

const document = '<r><iin>991301300003</iin></r>';

/** What real senders do, and an endpoint has to live with. */
export const toleranceCases: readonly ConformanceCase[] = [
  taken('an honest message', (by) => honestBody(by)),
  taken('CDATA', (by) => honestBody(by, { data: xmlElement('data', {}, xmlVouched(`<![CDATA[${document}]]>`)) })),
  taken('an inline payload', (by) => honestBody(by, { data: xmlElement('data', {}, xmlVouched(document)) })),
  taken('a declaration inside the payload', (by) =>
    honestBody(by, { data: xmlElement('data', {}, xmlText(`<?xml version="1.0"?>${document}`)) }),
  ),
  taken('fields in another order', (by) =>
    honestBody(by).replace(
      /(<messageId>.*?<\/messageId>)(<serviceId>.*?<\/serviceId>)(<messageDate>.*?<\/messageDate>)/,
      '$3$2$1',
    ),
  ),
  taken('empty elements', (by) =>
    honestBody(by)
      .replace('<messageDate>', '<correlationId/><routeId/><messageDate>')
      .replace('</requestInfo>', '<properties/><sessionId/></requestInfo>'),
  ),
  taken('children in the namespace of the wrapper', (by) =>
    honestBody(by).replaceAll('t:SendMessage', 'SendMessage').replace('xmlns:t=', 'xmlns='),
  ),
  taken('a wrapper without a namespace', (by) =>
    honestBody(by)
      .replaceAll('t:SendMessage', 'SendMessage')
      .replace(/ xmlns:t="[^"]*"/, ''),
  ),
  taken('a date without a zone', (by) => honestBody(by).replace(/(<messageDate>[^<]*?)\.\d+\+05:00/, '$1')),
  taken('a content type of text/plain', (by) => honestBody(by), 'text/plain'),
  taken('a content type of application/xml', (by) => honestBody(by), 'application/xml'),
  { name: 'a service that does not exist', expected: 'refused', codes: ['SCE004'], send: unknownService },
];

async function unknownService(by: Attacker): Promise<Outcome> {
  return by.post(await signed(by, honestBody({ ...by, serviceId: 'no-such-service' })));
}
