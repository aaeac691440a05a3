/** What a controller asks for that is no class. */
export const databaseToken = Symbol('database');
