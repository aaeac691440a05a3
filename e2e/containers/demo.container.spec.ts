import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { SecondCheckout } from '../../tools/kezek/second-checkout.ts';

jest.setTimeout(420_000);

describe('./kezek demo --stack docker', () => {
  let checkout: SecondCheckout;
  beforeEach(() => {
    checkout = new SecondCheckout();
  });
  afterEach(async () => {
    await checkout.run('down', '--erase');
    await checkout.remove();
  });

  it('plays the same day in containers and ends with the same table', async () => {
    const { status, said } = await checkout.run('demo', '--stack', 'docker');
    console.log(said.slice(said.indexOf('  ────')));
    expect(said).toMatch(/applications taken +26\n/);
    expect(said).toMatch(/offers made +12\n/);
    expect(said).toMatch(/referrals issued +9\n/);
    expect(said).toContain('All is as the scenario says.');
    expect(status).toBe(0);
  });
});
