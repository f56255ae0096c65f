// SHA-256 by WebCrypto where the page is secure, else by a small implementation in JavaScript:
// an office that opens the ledger over plain HTTP must be able to check proofs too.
import { joined } from './bytes';

export type Sha256 = (bytes: Uint8Array) => Promise<Uint8Array>;

export const sha256ByWebCrypto: Sha256 = async (bytes) =>
  new Uint8Array(await globalThis.crypto.subtle.digest('SHA-256', new Uint8Array(bytes)));

export const sha256ByScript: Sha256 = async (bytes) => {
  const { sha256 } = await import('@noble/hashes/sha2');
  return sha256(bytes);
};

export function hasWebCrypto(): boolean {
  return globalThis.crypto?.subtle !== undefined;
}

export const sha256: Sha256 = (...parts) =>
  (hasWebCrypto() ? sha256ByWebCrypto : sha256ByScript)(joined(...parts));
