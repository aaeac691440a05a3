/** An SMS that went out, as the simulated centre took it. */
export type SentSms = {
  readonly number: number;
  readonly phone: string;
  readonly text: string;
  /** The hub's own id of the message. */
  readonly clientMessageId: string | null;
  /** How often it was handed over: more than 1 is a repeat that the centre recognised. */
  readonly submissions: number;
};

/** A line in the citizen's cabinet. */
export type CabinetLine = {
  readonly requestNumber: string;
  readonly notice: string;
  readonly textKk: string;
  readonly textRu: string;
  readonly times: number;
};

/** A stage in the monitoring system of public services; it knows an application by its number. */
export type MonitoringStage = { readonly applicationId: string; readonly state: string; readonly times: number };

export type StateCall = { readonly service: string; readonly outcome: string; readonly atMs: number };

/** What a state system does instead of answering properly; `service` is a serviceId, `monitoring` or `*` for all. */
export type StateFault = {
  readonly service?: string;
  readonly kind:
    | 'slow'
    | 'down'
    | 'cut-before'
    | 'cut-after'
    | 'garbage'
    | 'soap-fault'
    | 'business-error'
    | 'wrong-person'
    | 'stale';
  readonly times?: number;
  readonly share?: number;
  readonly delayMs?: number;
  readonly code?: string;
};

/** A person of the state registers; tools/state-systems/people.ts has every field. */
export type Person = { readonly iin: string; readonly birthDate: string; readonly [field: string]: unknown };

const pageMax = 1_000;

/** What is around the hub: state systems, the SMS centre, the citizens' cabinet, the monitoring system. All simulated. */
export class OutsideWorld {
  readonly #stateSystems: () => string;
  readonly #smsCentre: () => string;

  constructor(stateSystems: () => string, smsCentre: () => string) {
    this.#stateSystems = stateSystems;
    this.#smsCentre = smsCentre;
  }

  /** SMS that went out, oldest first; of one phone, where it is named. */
  async sms(phone?: string): Promise<readonly SentSms[]> {
    const all: SentSms[] = [];
    for (let after = 0; ;) {
      const query = new URLSearchParams({ after: String(after), limit: String(pageMax), ...(phone && { phone }) });
      const { messages, next } = await ask<{ messages: SentSms[]; next: number }>(
        `${this.#smsCentre()}/messages?${query}`,
      );
      all.push(...messages);
      if (messages.length < pageMax) return all;
      after = next;
    }
  }

  /** Lines that went to the cabinet; of one application, where its number is given. */
  async cabinet(applicationNumber?: string): Promise<readonly CabinetLine[]> {
    const { cabinet } = await this.#received();
    return cabinet.filter(
      ({ requestNumber }) => applicationNumber === undefined || requestNumber === applicationNumber,
    );
  }

  /** Stages that went to the monitoring system; of one application, where its number is given. */
  async stages(applicationNumber?: string): Promise<readonly MonitoringStage[]> {
    const { monitoring } = await this.#received();
    return monitoring.filter(
      ({ applicationId }) => applicationNumber === undefined || applicationId === applicationNumber,
    );
  }

  /** What state systems were asked. */
  async stateCalls(): Promise<readonly StateCall[]> {
    return (await this.#received()).calls;
  }

  /** People that the registers answer about from now on. */
  async addPeople(persons: readonly Person[]): Promise<void> {
    await ask(`${this.#stateSystems()}/control/people`, 'POST', { persons });
  }

  /** From now on state systems misbehave by this script; the first line that applies to a call is used. */
  async scriptFaults(...faults: readonly StateFault[]): Promise<void> {
    await ask(`${this.#stateSystems()}/control/faults`, 'POST', faults);
  }

  async endFaults(): Promise<void> {
    await ask(`${this.#stateSystems()}/control/faults`, 'DELETE');
  }

  #received(): Promise<{ calls: StateCall[]; cabinet: CabinetLine[]; monitoring: MonitoringStage[] }> {
    return ask(`${this.#stateSystems()}/control/received`);
  }
}

/** @throws Error with the answer where it is not 2xx */
async function ask<T>(url: string, method = 'GET', body?: unknown): Promise<T> {
  const response = await fetch(url, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    signal: AbortSignal.timeout(15_000),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}
