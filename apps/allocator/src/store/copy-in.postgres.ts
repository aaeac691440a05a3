/** What the driver offers a query that speaks for itself. */
type Wire = { query(text: string): void; sendCopyFromChunk(chunk: Buffer): void; endCopyFrom(): void };
type Client = { query(query: object): unknown };

/**
 * Runs statements of which the last is `copy … from stdin (format binary)`, in one message and one transaction.
 * @param bytes what is copied, header and end included
 * @throws the driver's error; whether the transaction took place is unknown when the connection was lost
 */
export function copyIn(client: Client, text: string, bytes: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed = false;
    const nothing = (): void => undefined;
    client.query({
      submit: (wire: Wire) => wire.query(text),
      handleCopyInResponse: (wire: Wire) => {
        wire.sendCopyFromChunk(bytes);
        wire.endCopyFrom();
      },
      handleError: (error: Error) => {
        failed = true;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve();
      },
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handleCommandComplete: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
    });
  });
}
