import { randomUUID } from 'node:crypto';
import { payloadRoot, readEnvelope, readXml, childOf, syncClient } from '#shep';
import { faultScript } from '../../../tools/state-systems/fault-script.ts';
import { people, type PersonWritten } from '../../../tools/state-systems/people.ts';
import { Received } from '../../../tools/state-systems/received.ts';
import { syncService } from '../../../tools/state-systems/sync-service.ts';
import { stateSystems } from '../../../tools/state-systems/systems.ts';
import { plainWire } from '../../../tools/state-systems/wire.ts';
import { askStateOver } from '../src/sources/ask-state.ts';
import { birth } from '../src/sources/birth/birth.ts';
import { gbdFl } from '../src/sources/gbd-fl/gbd-fl.ts';
import { kdp } from '../src/sources/kdp/kdp.ts';
import { mobile } from '../src/sources/mobile/mobile.ts';
import { paces } from '../src/sources/pace.ts';
import { privileges } from '../src/sources/privileges/privileges.ts';
import { registerDoor } from '../src/sources/register-door.ts';
import type { Question, Source } from '../src/sources/source.ts';

/** All sources over the simulated registers, without a network: what went over the wire is kept. */
export function askedSources(persons: readonly PersonWritten[], nowMs = Date.parse('2026-03-10T06:00:00Z')) {
  const country = people();
  country.add({ persons });
  const systems = { ...stateSystems(country, new Received()), faults: faultScript() };
  const service = syncService(systems, plainWire, () => nowMs);
  const wire: { serviceId: string; request: string; answer: string }[] = [];
  const send = syncClient({
    url: new URL('http://shep/'),
    sender: { senderId: 'kezek', password: undefined },
    nowMs: () => nowMs,
    timeoutMs: 1_000,
    answerBytesMax: 1_000_000,
    async post({ body, about }) {
      const { reply } = await service(Buffer.from(body));
      wire.push({ serviceId: about?.serviceId ?? '', request: String(body), answer: reply.body });
      return { httpStatus: reply.httpStatus, contentType: 'text/xml', body: Buffer.from(reply.body) };
    },
  });
  const state = askStateOver(send, paces({}, { perSecond: 10_000, burst: 10_000 }));
  const register = registerDoor(state);
  const hide = (key: string): string => key;
  const party = { company: 'Kezek', companyBin: '991301300003', responsibleIin: '991301300003' };
  return {
    faults: systems.faults,
    wire,
    register,
    identity: gbdFl(state, 'KEZEK'),
    identityWithConsent: gbdFl(
      state,
      'KEZEK',
      kdp(state, party, hide, () => nowMs),
    ),
    birth: birth(register),
    privileges: privileges({ state, register }),
    mobile: mobile(register),
    question: (over: Partial<Question> & Pick<Question, 'applicantIin' | 'childIin'>): Question => ({
      checkId: randomUUID(),
      kind: 'PRIVILEGE',
      benefit: undefined,
      askedAtMs: nowMs,
      answersRefused: 0,
      ...over,
    }),
  };
}

/** `CONFIRMED`, or `NO_DATA no-record`; a problem as its code. */
export async function said(source: Source, question: Question): Promise<string> {
  try {
    const { result, reason } = await source.ask(question);
    return reason === undefined ? result : `${result} ${reason}`;
  } catch (error) {
    return (error as { problem?: string }).problem ?? String(error);
  }
}

/** The document in `<data>` of a message on the wire. */
export function documentIn(envelope: string): string {
  const { operation } = readEnvelope(readXml(envelope));
  const part = operation.children[0];
  const data = childOf(childOf(part, 'requestData') ?? childOf(part, 'responseData'), 'data');
  if (data === undefined || data.children.length > 0) throw new Error('the payload is not a document of its own');
  payloadRoot({ form: 'text', text: data.text }, '');
  return data.text;
}
