import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { SmsCentre } from './centre.ts';
import { faultForm, type FaultScript } from './faults.ts';
import type { Messages } from './messages.ts';

export type Control = { readonly centre: SmsCentre; readonly messages: Messages; readonly faults: FaultScript };

const bodyBytesMax = 64 * 1024;
const pageForm = z.object({
  phone: z
    .string()
    .regex(/^\+?\d{5,15}$/)
    .transform((phone) => phone.replace('+', ''))
    .optional(),
  after: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(100),
});
const scriptForm = z.array(faultForm).max(1_000);

type Answer = { readonly status: number; readonly body: unknown };

/**
 * The simulator's control over HTTP: GET /health, GET /counts, GET /messages?phone=&after=&limit=, GET, POST and
 * DELETE /faults, POST /hang-up.
 */
export function controlServer(control: Control): Server {
  return createServer((request, response) => {
    answer(control, request).then(
      ({ status, body }) => write(response, status, body),
      (error: unknown) => write(response, 500, { problem: String(error) }),
    );
  });
}

async function answer(control: Control, request: IncomingMessage): Promise<Answer> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://sink');
  switch (`${request.method} ${pathname}`) {
    case 'GET /health':
      return { status: 200, body: { status: 'ok', sessions: control.centre.sessions } };
    case 'GET /counts':
      return { status: 200, body: { ...control.messages.counts(), receipts: control.centre.receipts.count } };
    case 'GET /messages':
      return page(control.messages, searchParams);
    case 'GET /faults':
      return { status: 200, body: control.faults.left() };
    case 'DELETE /faults':
      control.faults.clear();
      return { status: 200, body: [] };
    case 'POST /faults':
      return script(control, await textOf(request));
    case 'POST /hang-up':
      control.centre.hangUp();
      return { status: 200, body: {} };
    default:
      return { status: 404, body: { problem: `there is no ${request.method} ${pathname}` } };
  }
}

function page(messages: Messages, query: URLSearchParams): Answer {
  const form = pageForm.safeParse(Object.fromEntries(query));
  if (!form.success) return { status: 400, body: { problem: z.prettifyError(form.error) } };
  const { phone, after, limit } = form.data;
  const found = messages.page({ after, limit, ...(phone === undefined ? {} : { phone }) });
  return { status: 200, body: { messages: found, next: found.at(-1)?.number ?? after, ...messages.counts() } };
}

function script({ centre, faults }: Control, text: string | undefined): Answer {
  if (text === undefined) return { status: 413, body: { problem: `at most ${bodyBytesMax} bytes` } };
  const form = scriptForm.safeParse(parsed(text));
  if (!form.success) return { status: 400, body: { problem: z.prettifyError(form.error) } };
  form.data.forEach((fault) => centre.meet(fault));
  return { status: 200, body: faults.left() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // The form says that an array is expected.
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function write(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
