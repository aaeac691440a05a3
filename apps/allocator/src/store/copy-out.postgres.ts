/** What the driver offers a query that speaks for itself. */
type Wire = { query(text: string): void };
type Client = { query(query: object): unknown };

/**
 * Runs `copy … to stdout (format binary)`.
 * @param bytesAtFirst for how much room is made at once; more is made as it is needed
 * @returns what was copied, header and end included
 * @throws the driver's error
 */
export function copyOut(client: Client, text: string, bytesAtFirst: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let failed = false;
    let bytes: Buffer = Buffer.allocUnsafe(bytesAtFirst);
    let length = 0;
    const nothing = (): void => undefined;
    client.query({
      submit: (wire: Wire) => wire.query(text),
      // The driver writes over a chunk when the next bytes arrive.
      handleCopyData: ({ chunk }: { readonly chunk: Buffer }) => {
        if (length + chunk.length > bytes.length) bytes = grown(bytes, length, chunk.length);
        length += chunk.copy(bytes, length);
      },
      handleError: (error: Error) => {
        failed = true;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (!failed) resolve(bytes.subarray(0, length));
      },
      handleRowDescription: nothing,
      handleDataRow: nothing,
      handleCommandComplete: nothing,
      handlePortalSuspended: nothing,
      handleEmptyQuery: nothing,
    });
  });
}

function grown(bytes: Buffer, length: number, more: number): Buffer {
  const wider = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + more));
  bytes.copy(wider, 0, 0, length);
  return wider;
}
