// The newest checkpoint, as a sheet states it: only where its signature holds.
import { useQuery } from '@tanstack/react-query';
import { getCheckpoint } from '../../api/ledger';
import { toHex } from '../../lib/bytes';
import { openCheckpoint, readLogKey } from '../../lib/checkpoint';
import { useHere } from '../../ui/SessionContext';

export interface Signed {
  size: number;
  hash: string; // the first 16 hex digits of the root
}

/** Undefined while it is asked for; null where there is none or its signature does not hold. */
export function useSigned(): Signed | null | undefined {
  const { ledger } = useHere();
  const asked = useQuery({
    queryKey: ['checkpoint', ledger.log_key],
    queryFn: () => read(ledger.log_key),
    retry: 1,
  });
  return asked.error ? null : asked.data;
}

async function read(keyText: string): Promise<Signed | null> {
  const key = readLogKey(keyText);
  const checkpoint = key && (await openCheckpoint(await getCheckpoint(), key));
  return checkpoint ? { size: checkpoint.size, hash: toHex(checkpoint.root.slice(0, 8)) } : null;
}
