// Filling in a table offline and taking it back: template, check, then all rows or none.
import { useState } from 'react';
import { useSpeech } from '../../ui/LanguageContext';
import { Sheet } from '../../ui/Sheet';
import { ImportForm } from './ImportForm';
import type { Kinds } from './useKinds';

export function ImportSheet({ kinds, onClose }: { kinds: Kinds; onClose: () => void }) {
  const { t } = useSpeech();
  const [busy, setBusy] = useState(false);
  return (
    <Sheet title={t('ledger.import')} busy={busy} wide onClose={onClose}>
      <ImportForm kinds={kinds} onBusy={setBusy} onClose={onClose} />
    </Sheet>
  );
}
