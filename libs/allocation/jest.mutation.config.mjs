// What judges a mutant of the core: the worked cases, the recorded histories and the small subjects; not the long properties.
import config from '../../jest.config.mjs';

const [unit] = config.projects;

export default {
  ...unit,
  rootDir: '../..',
  testRegex: ['libs/allocation/(src|histories)/.*\\.spec\\.ts$'],
  testPathIgnorePatterns: ['/node_modules/', '/dist/', '/.kezek/'],
  modulePathIgnorePatterns: [],
};
