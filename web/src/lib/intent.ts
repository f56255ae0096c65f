// One intended change has one idempotency key, kept over every attempt to send it.
export interface Intent {
  key: string;
  body: string;
}

/** The key of `before` where the very same body is sent again; else a new one. */
export function intentFor(before: Intent | null, body: string, newKey: () => string): Intent {
  return before?.body === body ? before : { key: newKey(), body };
}
