import type { Hub } from './hub.ts';

export type Sms = { readonly phone: string; readonly text: string; readonly submissions: number };
export type CabinetLine = {
  readonly requestNumber: string;
  readonly notice: string;
  readonly textKk: string;
  readonly textRu: string;
};
/** The monitoring system knows an application by its number, under this name. */
export type MonitoringStage = { readonly applicationId: string; readonly state: string };
type StateCall = { readonly service: string; readonly outcome: string };

/** What came in at the hub's simulated neighbours. */
export type Received = {
  readonly sms: readonly Sms[];
  readonly cabinet: readonly CabinetLine[];
  readonly monitoring: readonly MonitoringStage[];
  readonly calls: readonly StateCall[];
};

const pageMax = 1_000;

/** Asks the simulators what has come in so far. */
export async function received(sink: Hub, stateSystems: Hub): Promise<Received> {
  const sms: Sms[] = [];
  for (let after = 0; ;) {
    const { body } = await sink.get(`/messages?after=${after}&limit=${pageMax}`);
    const page = body as { messages: Sms[]; next: number };
    sms.push(...page.messages);
    if (page.messages.length < pageMax) break;
    after = page.next;
  }
  const { body } = await stateSystems.get('/control/received');
  return { sms, ...(body as Omit<Received, 'sms'>) };
}

/** Answers of state databases: everything asked but the cabinet, which is told, not asked. */
export function checksAnswered({ calls }: Received): number {
  return calls.filter(({ service, outcome }) => service !== 'KEZEK_CABINET' && outcome === 'answered').length;
}
