import type { Family, HubInterface } from '@kezek/testing';

/** The system under test of this example: a city portal that keeps what the hub told it about each family. */
export class CityPortal {
  readonly #hub: HubInterface;
  readonly #numbers = new Map<string, string>();

  constructor(hub: HubInterface) {
    this.#hub = hub;
  }

  /** Sends a family's application to the hub and remembers its number. */
  async apply(family: Family, preschoolId: string): Promise<string> {
    const { applicationNumber } = await this.#hub.submitApplication({
      ...family,
      preschools: [{ preschoolId, language: 'kk' }],
      consent: true,
    });
    this.#numbers.set(family.child.iin, applicationNumber);
    return applicationNumber;
  }

  /** What the family sees on its page. */
  async page(family: Family): Promise<string> {
    const number = this.#numbers.get(family.child.iin);
    if (number === undefined) return 'No application.';
    const { state, entries, offers, referrals } = await this.#hub.application(number);
    if (referrals.length > 0) return `${number}: you have a place.`;
    if (offers.some((offer) => offer.state === 'LIVE')) return `${number}: answer the offer.`;
    return state === 'QUEUED' ? `${number}: number ${entries[0]?.position} in the queue.` : `${number}: being checked.`;
  }
}
