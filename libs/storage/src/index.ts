export { openDatabase, type Database, type DatabaseOptions, type Transaction } from './database.ts';
export { migrate, type Migration } from './migrate.ts';
