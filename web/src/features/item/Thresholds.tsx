// Which rows of the limits hold for an item in place of its flow's numbers, and what they rest on.
import type { Item } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { Fact } from '../../ui/words';
import { lengthParts } from './lengths';

export function Thresholds({ item }: { item: Item }) {
  const { t, pick } = useSpeech();
  return item.thresholds.map((row) => {
    const { unit, amount } = lengthParts(row.length);
    const length =
      unit !== 'count' && amount === 1
        ? t(`item.length_${unit}_one`)
        : t(`item.length_${unit}`, { amount });
    return (
      <Fact key={row.code} label={pick(row.title)}>
        {row.starts === 'at_end'
          ? t('item.threshold_at_end')
          : row.starts === 'before_end' || row.starts === 'after_end'
            ? t(`item.threshold_${row.starts}`, { length })
            : length}{' '}
        <span className="quiet">{t('item.thresholdBasis', { basis: row.basis })}</span>
      </Fact>
    );
  });
}
