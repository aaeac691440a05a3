import { openSharedStores, storesAreContainers } from './src/container-stores.ts';
import { jestRunDirectory, openJestRun } from './src/jest-run.ts';

export default async function open(): Promise<void> {
  await openJestRun();
  if (storesAreContainers()) await openSharedStores(jestRunDirectory());
}
