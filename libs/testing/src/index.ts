export { startBroker, startOwnBroker, type TestBroker } from './broker.ts';
export { startDatabase, startOwnDatabaseServer, type TestDatabase } from './database.ts';
