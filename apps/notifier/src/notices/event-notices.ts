import type { MessageOf } from '#contracts';
import type { Notice, NoticeCode, Saying, Stage } from './notice.ts';

export type IntakeEventName = 'ApplicationReceived' | 'ApplicationRefused' | 'BenefitNotConfirmed' | 'CheckDelayed';
export type IntakeEvent = {
  [N in IntakeEventName]: { readonly name: N; readonly value: MessageOf<N> };
}[IntakeEventName];

/** What one event of intake means: notices, and perhaps a stage of the service. */
export type EventMeaning = {
  readonly notices: readonly Notice[];
  readonly stage: { readonly stage: Stage; readonly atMs: number } | undefined;
};

/** Which codes each event may give; docs/notices.md lists them. */
export const codesOfEvent: Record<IntakeEventName, readonly NoticeCode[]> = {
  ApplicationReceived: ['N01', 'N05'],
  ApplicationRefused: ['N02', 'N03'],
  BenefitNotConfirmed: ['N10'],
  CheckDelayed: ['N05'],
};

/** @param happenedAtMs when intake wrote the event, for events that do not say it themselves */
export function meaningOf({ name, value }: IntakeEvent, happenedAtMs: number): EventMeaning {
  const notice = (code: NoticeCode, saying: Saying, decidedAtMs: number, answerByMs: number | null = null): Notice => ({
    code,
    saying,
    decidedAtMs,
    answerByMs,
  });
  switch (name) {
    case 'ApplicationReceived': {
      const { receivedAtMs, acceptedOn: acceptedOnDay } = value;
      const received = notice('N01', { kind: 'received', receivedAtMs, acceptedOnDay }, receivedAtMs);
      const toBeChecked = notice('N05', { kind: 'benefit-to-be-checked' }, receivedAtMs);
      return {
        notices: value.benefit === null ? [received] : [received, toBeChecked],
        stage: { stage: 'REGISTERED', atMs: receivedAtMs },
      };
    }
    case 'ApplicationRefused': {
      const { grounds, refusedAtMs } = value;
      const documentsOnly = concernsDocumentsOnly(grounds);
      const saying: Saying = { kind: 'refused', documentsOnly, grounds };
      return {
        notices: [notice(documentsOnly ? 'N02' : 'N03', saying, refusedAtMs)],
        stage: { stage: 'REFUSED', atMs: refusedAtMs },
      };
    }
    case 'BenefitNotConfirmed': {
      const { answerByMs } = value;
      const saying: Saying = { kind: 'benefit-not-confirmed', answerByMs };
      return { notices: [notice('N10', saying, happenedAtMs, answerByMs)], stage: undefined };
    }
    case 'CheckDelayed':
      return {
        notices: [notice('N05', { kind: 'check-delayed', sinceMs: value.sinceMs }, happenedAtMs)],
        stage: undefined,
      };
  }
}

/** Documents that were not accepted (p.5 para 5) are N02; every other ground refuses the service (p.5 para 6): N03. */
function concernsDocumentsOnly(grounds: readonly string[]): boolean {
  return grounds.length > 0 && grounds.every((ground) => ground.startsWith('DOCUMENTS_'));
}
