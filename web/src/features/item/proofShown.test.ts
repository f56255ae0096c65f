// What the page shows against what was proven.
import { describe, expect, it } from 'vitest';
import { toHex, utf8 } from '../../lib/bytes';
import type { RecordProof } from '../../lib/recordProof';
import { record } from './fixture';
import { showsWhatIsProven } from './proofShown';

const shown = record(7, 'assigned', { lead: 4, due: '2019-09-10' }, { reason: 'why' });
const proof: RecordProof = {
  seq: 7,
  size: 9,
  checkpoint: '',
  leaf: '',
  header: '',
  path: [],
  context_salt: '',
  context: `01${toHex(new Uint8Array([8]))}${toHex(utf8('assigned'))}00`,
  payload_salt: '',
  payload: '{"due":"2019-09-10","lead":4}',
  parts: [{ label: 'reason', ciphertext_sha256: '', commitment: '', text_salt: '', text: 'why' }],
};

describe('the page shows what was proven', () => {
  it('whatever the order of members', () => {
    expect(showsWhatIsProven(shown, proof)).toBe(true);
  });
  it('but not if number, type, payload or text differ', () => {
    const others = [
      { ...proof, seq: 8 },
      { ...proof, context: proof.context.replace(/^..../, '0107') },
      { ...proof, payload: '{"due":"2019-09-11","lead":4}' },
      { ...proof, parts: [] },
      { ...proof, parts: proof.parts.map((part) => ({ ...part, text: 'else' })) },
    ];
    for (const other of others) expect(showsWhatIsProven(shown, other)).toBe(false);
  });
});
