import { closeJestRun } from './src/jest-run.ts';

export default closeJestRun;
