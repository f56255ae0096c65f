// What was recorded, said quietly after it was.
import { Button } from 'antd';
import { useEffect, useRef } from 'react';
import type { Receipt } from '../../api/shapes';
import { longInstant } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';

export function ReceiptLine({ receipt, onClose }: { receipt: Receipt; onClose: () => void }) {
  const { t, language } = useSpeech();
  const line = useRef<HTMLParagraphElement>(null);
  // The form that had the focus is gone.
  useEffect(() => line.current?.focus(), []);
  const [first = 0, end = 0] = receipt.records;
  return (
    <p className="receipt" role="status" tabIndex={-1} ref={line}>
      {t(receipt.repeated ? 'item.receiptRepeated' : 'item.receipt', {
        instant: longInstant(receipt.recorded, language),
        version: receipt.version,
        records: first === end - 1 ? String(first) : `${first}–${end - 1}`,
      })}
      <Button size="small" type="text" aria-label={t('term.close')} onClick={onClose}>
        ×
      </Button>
    </p>
  );
}
