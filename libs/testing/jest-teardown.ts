import { closeSharedStores, storesAreContainers } from './src/container-stores.ts';
import { closeJestRun, jestRunDirectory } from './src/jest-run.ts';

export default async function close(): Promise<void> {
  if (process.env['KEZEK_JEST_RUN'] !== undefined && storesAreContainers()) await closeSharedStores(jestRunDirectory());
  await closeJestRun();
}
