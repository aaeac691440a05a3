import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { run } from './scripts.ts';

jest.setTimeout(420_000);

const folder = mkdtempSync('/var/tmp/kezek-bundle-');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the bundle for a machine without any network', () => {
  it('runs in a second, empty engine, and takes an application to its referral there', async () => {
    const written = await run('deploy/airgap/bundle', [folder]);
    expect(written).toMatchObject({ status: 0 });
    const archive = join(
      folder,
      readdirSync(folder).find((file) => file.endsWith('.tar.gz'))!,
    );
    const { status, said } = await run('deploy/airgap/try-bundle', [archive]);
    console.log(`${written.said}${said}`);
    expect(said).toMatch(/second engine +empty, no way out of it/);
    expect(said).toMatch(/has a referral to AB-01; \d+ SMS went out/);
    expect(status).toBe(0);
  });
});
