// Signing in and out, and who one is.
import { ask, Problem, rememberCsrf } from './client';
import type { Session } from './shapes';

/** The session, or null where nobody has signed in. */
export async function getSession(): Promise<Session | null> {
  try {
    return remember(await ask<Session>('/api/v1/session'));
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export async function signIn(name: string, password: string): Promise<Session> {
  return remember(
    await ask<Session>('/api/v1/session', { method: 'POST', body: { name, password } }),
  );
}

/** The second step: a code of the authenticator, or a recovery code. */
export async function giveCode(code: string): Promise<Session> {
  return remember(await ask<Session>('/api/v1/session/code', { method: 'POST', body: { code } }));
}

export async function signOut(): Promise<void> {
  await ask('/api/v1/session', { method: 'DELETE' });
  rememberCsrf(null);
}

function remember(session: Session): Session {
  rememberCsrf(session.csrf);
  return session;
}
