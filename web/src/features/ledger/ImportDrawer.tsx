// Filling in a table offline and taking it back: template, check, then all rows or none.
import { Drawer } from 'antd';
import { useState } from 'react';
import { useSpeech } from '../../ui/LanguageContext';
import { useNarrow } from '../../ui/useNarrow';
import { ImportForm } from './ImportForm';
import type { Kinds } from './useKinds';

export function ImportDrawer(props: { kinds: Kinds; open: boolean; onClose: () => void }) {
  const { t } = useSpeech();
  const narrow = useNarrow();
  const [busy, setBusy] = useState(false);
  return (
    <Drawer
      title={t('ledger.import')}
      open={props.open}
      onClose={() => !busy && props.onClose()}
      closable={!busy}
      width={narrow ? '100%' : 620}
      destroyOnHidden
    >
      <ImportForm kinds={props.kinds} onBusy={setBusy} onClose={props.onClose} />
    </Drawer>
  );
}
