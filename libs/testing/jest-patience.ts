import { jest } from '@jest/globals';

// Jest reads `testTimeout` only from its global configuration; services take longer than the 5 s of a unit test.
jest.setTimeout(120_000);
