// One's own account: its password, its second factor, its sessions and tokens.
import { ask, rememberCsrf } from './client';
import type {
  Account,
  Contact,
  NewToken,
  RecoveryCodes,
  SecondFactorBegun,
  Session,
  SessionEntry,
  Token,
} from './shapes';

export function getAccount(): Promise<Account> {
  return ask<Account>('/api/v1/account');
}

/** Every other session ends; this one goes on. */
export async function changePassword(old: string, fresh: string): Promise<Session> {
  const session = await ask<Session>('/api/v1/account/password', {
    method: 'POST',
    body: { old, new: fresh },
  });
  rememberCsrf(session.csrf);
  return session;
}

export function beginSecondFactor(password: string): Promise<SecondFactorBegun> {
  return ask('/api/v1/account/second-factor', { method: 'POST', body: { password } });
}

export async function confirmSecondFactor(code: string): Promise<RecoveryCodes> {
  const told = await ask<RecoveryCodes>('/api/v1/account/second-factor/confirm', {
    method: 'POST',
    body: { code },
  });
  rememberCsrf(told.session.csrf);
  return told;
}

export function endSecondFactor(password: string, code: string): Promise<Account> {
  return ask('/api/v1/account/second-factor/disable', {
    method: 'POST',
    body: { password, code },
  });
}

export async function getSessions(): Promise<SessionEntry[]> {
  return (await ask<{ sessions: SessionEntry[] }>('/api/v1/sessions')).sessions;
}

export async function endSession(session: string): Promise<void> {
  await ask(`/api/v1/sessions/${encodeURIComponent(session)}`, { method: 'DELETE' });
}

export async function endOtherSessions(): Promise<void> {
  await ask('/api/v1/sessions', { method: 'DELETE' });
}

export async function getTokens(): Promise<Token[]> {
  return (await ask<{ tokens: Token[] }>('/api/v1/tokens')).tokens;
}

export function issueToken(label: string, scope: string, days: number): Promise<NewToken> {
  return ask('/api/v1/tokens', { method: 'POST', body: { label, scope, days } });
}

export async function revokeToken(id: string): Promise<void> {
  await ask(`/api/v1/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

export function getContact(): Promise<Contact> {
  return ask('/api/v1/account/contact');
}

export function setContact(
  contact: Pick<Contact, 'mail' | 'gateway' | 'language'>,
): Promise<Contact> {
  return ask('/api/v1/account/contact', { method: 'POST', body: contact });
}
