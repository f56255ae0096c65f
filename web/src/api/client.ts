// The one place that speaks HTTP: JSON in and out, problems as errors with their stable code.
import type { Language } from '../lib/words';

export interface ProblemBody {
  status: number;
  code: string;
  detail: string;
  facts: Record<string, string>;
  request_id: string;
  changes?: Change[];
  work_changes?: WorkChange[];
  faults?: ImportFault[];
  faults_total?: number;
}
export interface Change {
  seq: number;
  type: string;
  at: string;
  unit: { code: string; name: string } | null;
  role: string | null;
  acting?: { unit: { code: string; name: string }; role: string };
}
export interface WorkChange {
  item: string;
  what: 'came' | 'went' | 'changed';
}
export interface ImportFault {
  row: number;
  column: string | null;
  code: string;
  detail: string;
}

/** An answer that says no. `code` is stable; `message` is a sentence in the reader's language. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly body: Partial<ProblemBody> = {},
  ) {
    super(message);
    this.name = 'Problem';
  }
}

let language: Language = 'zh-CN';
let csrf: string | null = null;

export function speak(chosen: Language): void {
  language = chosen;
}

/** The session's secret, which every change has to carry. */
export function rememberCsrf(secret: string | null): void {
  csrf = secret;
}

interface Options {
  method?: string;
  body?: unknown;
  file?: Blob;
  version?: number;
  idempotencyKey?: string;
  signal?: AbortSignal;
}

/** Asks the API; resolves with JSON, rejects with Problem (code `offline` where nobody answers). */
export async function ask<T>(path: string, options: Options = {}): Promise<T> {
  const response = await send(path, options);
  if (response.status === 204) return undefined as T;
  return (await response.json()) as T;
}

/** Asks for a file. */
export async function askBlob(path: string, options: Options = {}): Promise<Blob> {
  return (await send(path, options)).blob();
}

/** Asks for plain text, such as a checkpoint. */
export async function askText(path: string): Promise<string> {
  return (await send(path, {})).text();
}

async function send(path: string, options: Options): Promise<Response> {
  const method = options.method ?? 'GET';
  const headers = usualHeaders(method);
  if (options.version !== undefined) headers['If-Match'] = `"${options.version}"`;
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey;
  let body: BodyInit | undefined;
  if (options.file) {
    body = options.file;
    headers['Content-Type'] = 'application/octet-stream';
  } else if (options.body !== undefined) {
    body = JSON.stringify(options.body);
    headers['Content-Type'] = 'application/json';
  }
  let response: Response;
  try {
    response = await fetch(path, { method, headers, body, signal: options.signal ?? null });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new Problem(0, 'offline', '');
  }
  if (response.ok) return response;
  throw await problemOf(response);
}

// A page that asks by itself must not keep a session from becoming idle.
const ATTENDED_MS = 60_000;
let lastAttended = Date.now();
for (const sign of ['pointerdown', 'keydown', 'wheel', 'touchstart'])
  globalThis.addEventListener?.(sign, () => (lastAttended = Date.now()), {
    capture: true,
    passive: true,
  });

function usualHeaders(method: string): Record<string, string> {
  const headers: Record<string, string> = { 'Accept-Language': language };
  if (Date.now() - lastAttended > ATTENDED_MS) headers['X-Unattended'] = 'yes';
  if (method !== 'GET' && csrf) headers['X-CSRF-Token'] = csrf;
  return headers;
}

/** Sends a file and tells how much of it has gone, in percent; fetch cannot say that. */
export function sendFile<T>(
  path: string,
  file: Blob,
  onProgress: (percent: number) => void,
  signal: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    const headers = { ...usualHeaders('POST'), 'Content-Type': 'application/octet-stream' };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(Math.floor((event.loaded * 100) / event.total));
    };
    request.onload = () => {
      const response = new Response(request.responseText, { status: request.status });
      if (response.ok) resolve(JSON.parse(request.responseText) as T);
      else void problemOf(response).then(reject);
    };
    request.onerror = () => reject(new Problem(0, 'offline', ''));
    request.onabort = () => reject(new DOMException('', 'AbortError'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as ProblemBody;
    return new Problem(response.status, body.code, body.detail, body);
  } catch {
    return new Problem(response.status, 'unreadable_answer', '');
  }
}

/** A key for one intended change, so that sending it again does it once. Needs no secure page. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
