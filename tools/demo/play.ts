import { setTimeout as sleep } from 'node:timers/promises';
import { firstMondayAfter, households, instantOf, type Household } from './city.ts';
import { type Hub, type Answer } from './hub.ts';
import { crowdNames, type CrowdStep, type Scenario, type Step } from './scenario.ts';

export type ApplicationStatus = {
  readonly applicationNumber: string;
  readonly applicationId: string;
  readonly state: string;
  readonly category: string | null;
  readonly entries: readonly {
    readonly preschoolId: string;
    readonly state: string;
    readonly position: number | null;
  }[];
  readonly offers: readonly { readonly vacancyId: string; readonly state: string }[];
  readonly referrals: readonly { readonly vacancyId: string; readonly state: string }[];
};

type Kind<K extends string> = Extract<Step, Record<K, unknown>>;

/** Plays a scenario against a hub through its public interface, one step after the other. */
export class Play {
  readonly hub: Hub;
  readonly city: ReadonlyMap<string, Household>;
  /** Application numbers by family. */
  readonly numbers = new Map<string, string>();
  /** Ids of seats by group, as the bulletins gave them. */
  readonly seats = new Map<string, string>();
  /** How many bad applications the hub refused at its door. */
  refusedAtTheDoor = 0;
  readonly #stateSystems: Hub;
  readonly #scenario: Scenario;
  readonly #firstDay: string;
  readonly #tell: (line: string) => void;

  constructor(parts: { scenario: Scenario; hub: Hub; stateSystems: Hub; nowMs: number; tell: (line: string) => void }) {
    this.hub = parts.hub;
    this.#stateSystems = parts.stateSystems;
    this.#scenario = parts.scenario;
    this.#firstDay = firstMondayAfter(parts.nowMs);
    this.city = households(parts.scenario, Number(this.#firstDay.slice(0, 4)));
    this.#tell = parts.tell;
  }

  /** @throws Error that names the step whose outcome was not the expected one */
  async run(): Promise<void> {
    const persons = [...this.city.values()].flatMap((household) => household.persons);
    must(await this.#stateSystems.post('/control/people', { persons }), 200, 'the registers take the people');
    for (const step of this.#scenario.steps) {
      this.#tell(`  ${step.day > 1 ? `day ${step.day} ` : ''}${step.at.slice(0, 5)}  ${step.says}`);
      await this.#setClock(instantOf(this.#firstDay, step.day, step.at));
      await this.#take(step);
      if ('offers' in step) await this.#awaitOffers(step.offers);
    }
  }

  /** @throws Error where the family has not applied */
  async statusOf(family: string): Promise<ApplicationStatus> {
    const { body } = await this.hub.get(`/v1/applications/${this.#numberOf(family)}`);
    return body as ApplicationStatus;
  }

  async #take(step: Step): Promise<void> {
    if ('apply' in step) return this.#apply(step.apply, step.preschools, step.benefit, step.comes);
    if ('applyBadly' in step) return this.#applyBadly(step);
    if ('operator' in step) {
      return this.#decide(step.operator, 'operator-decision', { decision: step.decides, grounds: [] }, step.comes);
    }
    if ('chooses' in step) {
      return this.#decide(step.chooses, 'benefit-choice', { goOnAsGeneral: step.goOnAsGeneral }, step.comes);
    }
    if ('publish' in step) return this.#publish(step);
    if ('answer' in step) return this.#answer(step);
    if ('crowd' in step) return this.#applyInCrowd(step);
  }

  async #apply(family: string, preschools: unknown, benefit: string | undefined, comes: string): Promise<void> {
    await this.#submit(family, preschools, benefit);
    await this.#awaitState(family, comes);
  }

  async #submit(family: string, preschools: unknown, benefit: string | undefined): Promise<void> {
    const answer = await this.hub.post('/v1/applications', this.#form(family, preschools, benefit));
    must(answer, 202, `${family}'s application is taken`);
    this.numbers.set(family, (answer.body as { applicationNumber: string }).applicationNumber);
  }

  async #applyBadly(step: Kind<'applyBadly'>): Promise<void> {
    const body = overlaid(this.#form(step.applyBadly, step.preschools, step.benefit), step.with);
    const answer = await this.hub.post('/v1/applications', body);
    const { type, errors = [] } = answer.body as { type: string; errors?: { pointer: string }[] };
    const got = { status: answer.status, problem: type, fields: errors.map(({ pointer }) => pointer) };
    if (JSON.stringify(got) !== JSON.stringify(step.refused)) {
      throw new Error(`"${step.says}": must be ${JSON.stringify(step.refused)}, is ${JSON.stringify(got)}`);
    }
    this.refusedAtTheDoor += 1;
  }

  async #decide(family: string, act: string, body: unknown, comes: string): Promise<void> {
    const answer = await this.hub.post(`/v1/applications/${this.#numberOf(family)}/${act}`, body);
    // Taken by a try whose answer was lost with the process: the second is told that nothing is awaited any more.
    if (!(answer.repeated && answer.status === 409)) must(answer, 202, `${act} for ${family} is taken`);
    await this.#awaitState(family, comes);
  }

  async #publish(step: Kind<'publish'>): Promise<void> {
    const year = Number(this.#firstDay.slice(0, 4));
    const seats = step.seats.map(({ group, queue, turning }) => ({
      ...queue,
      groupName: group,
      birthYears: turning.map((age) => year - age),
      regimeHours: '10.5',
    }));
    const answer = await this.hub.post('/v1/bulletins', { number: step.publish, seats });
    must(answer, 202, `bulletin ${step.publish} is taken`);
    const { vacancies } = answer.body as { vacancies: { vacancyId: string; groupName: string }[] };
    vacancies.forEach(({ vacancyId, groupName }) => this.seats.set(groupName, vacancyId));
  }

  async #answer(step: Kind<'answer'>): Promise<void> {
    const vacancyId = this.#seatOf(step.seat);
    const applicationNumber = this.#numberOf(step.answer);
    const body = { applicationNumber, accepted: step.accepts };
    must(await this.hub.post(`/v1/offers/${vacancyId}/answer`, body), 202, `${step.answer}'s answer is taken`);
    const wanted = step.accepts ? 'ACCEPTED' : 'DECLINED';
    await this.hub.waitFor(`${step.answer}'s offer of ${step.seat} is ${wanted}`, async () => {
      const { offers } = await this.statusOf(step.answer);
      return offers.some((offer) => offer.vacancyId === vacancyId && offer.state === wanted) || undefined;
    });
  }

  /** They come one by one, each at its own time, and are checked side by side. */
  async #applyInCrowd(step: CrowdStep): Promise<void> {
    const names = crowdNames(step);
    const firstMs = instantOf(this.#firstDay, step.day, step.at);
    for (const [index, name] of names.entries()) {
      await this.#setClock(firstMs + index * step.everySeconds * 1_000);
      await this.#submit(name, step.preschools, undefined);
    }
    for (const name of names) await this.#awaitState(name, 'QUEUED');
  }

  async #awaitOffers(offers: Readonly<Record<string, string>>): Promise<void> {
    for (const [group, family] of Object.entries(offers)) {
      await this.hub.waitFor(`${group} is offered to ${family}`, async () => {
        const status = await this.statusOf(family);
        const offered = status.offers.some(({ vacancyId }) => vacancyId === this.#seatOf(group));
        return offered || undefined;
      });
      this.#tell(`         ${group} is offered to ${this.#household(family).child}`);
    }
  }

  async #awaitState(family: string, wanted: string): Promise<void> {
    const state = await this.hub.waitFor(`${family}'s application is ${wanted}`, async () => {
      const status = await this.statusOf(family);
      // In the queue means that the allocator has decided it, not only that intake has written it down.
      if (status.state === 'QUEUED' && status.entries.length === 0) return undefined;
      return status.state === wanted || status.state === 'REFUSED' ? status.state : undefined;
    });
    if (state !== wanted) throw new Error(`${family}'s application must be ${wanted}, is ${state}`);
  }

  async #setClock(atMs: number): Promise<void> {
    const at = new Date(atMs).toISOString();
    must(await this.hub.put('/v1/clock', { at }), 202, `the clock is set to ${at}`);
  }

  #form(family: string, preschools: unknown, benefit: string | undefined) {
    const { applicantIin, phone, language, childIin, birthDate } = this.#household(family);
    return {
      applicant: { iin: applicantIin, phone, language },
      child: { iin: childIin, birthDate },
      preschools,
      consent: true,
      ...(benefit === undefined ? {} : { benefit }),
    };
  }

  #household(family: string): Household {
    return known(this.city.get(family), `nobody is called ${family}`);
  }

  #numberOf(family: string): string {
    return known(this.numbers.get(family), `${family} has not applied`);
  }

  #seatOf(group: string): string {
    return known(this.seats.get(group), `no seat ${group} has been published`);
  }
}

/** Lets what is still under way arrive, so that a message too many is seen. */
export async function settle(): Promise<void> {
  await sleep(1_500);
}

function must({ status, body }: Answer, wanted: number, what: string): void {
  if (status !== wanted) throw new Error(`${what}: the answer is ${status} ${JSON.stringify(body)}`);
}

function known<T>(value: T | undefined, otherwise: string): T {
  if (value === undefined) throw new Error(otherwise);
  return value;
}

/** The right body with what is wrong laid over it. */
function overlaid(body: unknown, over: unknown): unknown {
  if (!isObject(body) || !isObject(over)) return over ?? body;
  const merged = Object.entries(over).map(([key, value]) => [key, overlaid(body[key], value)]);
  return { ...body, ...(Object.fromEntries(merged) as object) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
