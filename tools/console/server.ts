import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { BrokerState } from './broker-state.ts';
import { consolePage, consoleStyle } from './page.ts';
import { type ConsoleLanguage, languages } from './words.ts';

export type ConsolePlan = {
  readonly read: () => Promise<BrokerState>;
  /** How long what was read is shown, s: however many look, the broker is asked once. */
  readonly refreshSeconds: number;
  readonly onProblem: (error: unknown) => void;
  readonly nowMs: () => number;
};

/** GET / is the page (`?lang=kk|ru|en`, `?refresh=off`), GET /state.json the same for programs, GET /health for the engine. */
export function consoleServer(plan: ConsolePlan): Server {
  const state = kept(plan);
  return createServer((request, response) => {
    answer(request, response, plan, state).catch((error: unknown) => {
      plan.onProblem(error);
      response.destroy();
    });
  });
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { refreshSeconds }: ConsolePlan,
  state: () => Promise<BrokerState | undefined>,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://console');
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return send(response, 405, 'text/plain', 'This console only shows.\n', { allow: 'GET, HEAD' });
  }
  switch (pathname) {
    case '/': {
      const seen = await state();
      const refreshes = searchParams.get('refresh') !== 'off';
      const page = consolePage({
        language: languageOf(searchParams.get('lang'), request.headers['accept-language']),
        state: seen,
        refreshSeconds: refreshes ? refreshSeconds : undefined,
        refreshSecondsUsual: refreshSeconds,
      });
      return send(response, seen === undefined ? 503 : 200, 'text/html; charset=utf-8', page);
    }
    case '/state.json': {
      const seen = await state();
      const body = seen ?? { problem: 'the broker does not answer' };
      return send(response, seen === undefined ? 503 : 200, 'application/json', JSON.stringify(body));
    }
    case '/style.css':
      return send(response, 200, 'text/css; charset=utf-8', consoleStyle);
    case '/health':
      return send(response, 200, 'text/plain', 'ok\n');
    default:
      return send(response, 404, 'text/plain', 'There is nothing here: see /.\n');
  }
}

/** The language asked for, else the first one the browser prefers that we speak, else Kazakh. */
export function languageOf(asked: string | null, preferred = ''): ConsoleLanguage {
  const known = (code: string): ConsoleLanguage | undefined => languages.find((each) => each === code.slice(0, 2));
  const wishes = preferred.split(',').map((wish) => wish.trim().toLowerCase());
  return known(asked ?? '') ?? wishes.map(known).find((each) => each !== undefined) ?? 'kk';
}

/** Asks the broker when what was seen is too old; whoever comes meanwhile waits for the same answer. */
function kept({ read, refreshSeconds, onProblem, nowMs }: ConsolePlan): () => Promise<BrokerState | undefined> {
  let seen: BrokerState | undefined;
  let seenAtMs = -Infinity;
  let reading: Promise<void> | undefined;
  return async () => {
    if (nowMs() - seenAtMs >= refreshSeconds * 1_000) {
      reading ??= read()
        .then((state) => void (seen = state))
        .catch((error: unknown) => {
          // An old picture beside a dead broker would say that all is well.
          seen = undefined;
          onProblem(error);
        })
        .finally(() => {
          seenAtMs = nowMs();
          reading = undefined;
        });
      await reading;
    }
    return seen;
  };
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
  headers: Record<string, string> = {},
): void {
  response
    .writeHead(status, {
      'content-type': contentType,
      'content-security-policy': "default-src 'none'; style-src 'self'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      ...headers,
    })
    .end(body);
}
