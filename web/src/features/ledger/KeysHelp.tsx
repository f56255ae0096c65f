// Which keys do what in the list, and turning the single ones off.
import { useState } from 'react';
import { setSingleKeys, singleKeys } from '../../lib/singleKeys';
import type { Key } from '../../locales';
import { useSpeech } from '../../ui/LanguageContext';
import { Sheet } from '../../ui/Sheet';

const KEYS: [keys: string[], word: Key][] = [
  [['j', '↓'], 'ledger.keyDown'],
  [['k', '↑'], 'ledger.keyUp'],
  [['PgDn', 'PgUp'], 'ledger.keyPage'],
  [['Home', 'End'], 'ledger.keyEnds'],
  [['Enter'], 'ledger.keyOpen'],
  [['/'], 'ledger.keySearch'],
  [['?'], 'ledger.keyHelp'],
];

export function KeysHelp({ onClose }: { onClose: () => void }) {
  const { t } = useSpeech();
  const [on, setOn] = useState(() => singleKeys(localStorage));
  function turn(to: boolean) {
    setSingleKeys(localStorage, to);
    setOn(singleKeys(localStorage));
  }
  return (
    <Sheet title={t('ledger.keys')} onClose={onClose}>
      <dl className="keys">
        {KEYS.map(([keys, word]) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(word)}</dd>
          </div>
        ))}
      </dl>
      <label>
        <input type="checkbox" checked={on} onChange={(event) => turn(event.target.checked)} />{' '}
        {t('ledger.keysOn')}
      </label>
      <p className="quiet">{t('ledger.keysHint')}</p>
    </Sheet>
  );
}
