import { openJestRun } from './src/jest-run.ts';

export default openJestRun;
