/** Serves the built site on loopback, below any path, as a plain web server does, and counts what it sends. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtFiles, FOLDER } from './built.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const COMPRESSED = /^text\/|json$|svg/;

export interface Sent {
  readonly path: string;
  /** Bytes of the body, on the wire and before. */
  readonly wire: number;
  readonly whole: number;
  /** True where the browser asked for what may be needed later. */
  readonly ahead: boolean;
}

export interface Served {
  readonly origin: string;
  /** What was sent of the site at one place, such as `/a/b/`. */
  sentBelow(place: string): readonly Sent[];
  close(): Promise<void>;
}

export interface ServeOptions {
  /** How many folders there are above the site; each tab can have a place of its own, which nothing is cached for. */
  readonly depth: number;
  /** What happens to the address of a folder without its last slash: most servers redirect, some show the page. */
  readonly slash?: 'redirect' | 'show';
}

export async function serve({ depth, slash = 'redirect' }: ServeOptions): Promise<Served> {
  const files = new Set(builtFiles());
  const bodies = new Map<string, { readonly whole: Buffer; readonly zipped: Buffer | undefined }>();
  const sent = new Map<string, Sent[]>();

  const bodyOf = (path: string): { readonly whole: Buffer; readonly zipped: Buffer | undefined } => {
    let body = bodies.get(path);
    if (body === undefined) {
      const whole = readFileSync(join(FOLDER, path));
      body = { whole, zipped: COMPRESSED.test(typeOf(path)) ? gzipSync(whole) : undefined };
      bodies.set(path, body);
    }
    return body;
  };
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const parts = pathname.slice(1).split('/');
    const place = `/${parts
      .slice(0, depth)
      .map((part) => `${part}/`)
      .join('')}`;
    const path = decodeURIComponent(parts.slice(depth).join('/'));
    if (slash === 'redirect' && (parts.length <= depth || files.has(`${path}/index.html`))) {
      response.writeHead(301, { location: `${pathname}/` }).end();
      return;
    }
    const found = [path, join(path, 'index.html')].find((name) => files.has(name));
    const shown = found ?? '404.html';
    const { whole, zipped } = bodyOf(shown);
    const zip = zipped !== undefined && (request.headers['accept-encoding'] ?? '').includes('gzip');
    const body = zip ? zipped : whole;
    const ahead = request.headers['sec-purpose'] !== undefined || request.headers.purpose === 'prefetch';
    sent.set(place, [...(sent.get(place) ?? []), { path: shown, wire: body.length, whole: whole.length, ahead }]);
    response.writeHead(found === undefined ? 404 : 200, {
      'content-type': typeOf(shown),
      'content-length': body.length,
      ...(zip ? { 'content-encoding': 'gzip' } : {}),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    sentBelow: (place) => sent.get(place) ?? [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function typeOf(path: string): string {
  return TYPES[extname(path)] ?? 'application/octet-stream';
}
