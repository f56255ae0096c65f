// Tiers by types of unit: covered out of asked, and nothing put in order by it.
import type { ProgrammeTier, Requirement } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { unitKindKey } from '../../ui/words';
import { matrixOf } from './model';
import { ShareText } from './shown';

export function Matrix(props: { tiers: ProgrammeTier[]; requirements: Requirement[] }) {
  const { t, pick } = useSpeech();
  const { kinds, rows } = matrixOf(props.tiers, props.requirements);
  if (rows.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('programme.matrix')}</h2>
      <p className="quiet">{t('programme.matrixHint')}</p>
      <WideTable label={t('programme.matrix')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('programme.tier')}</th>
            {kinds.map((kind) => (
              <th key={kind} scope="col">
                {t(unitKindKey(kind))}
              </th>
            ))}
            <th scope="col">{t('programme.whole')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.tier.tier}>
              <th scope="row">{pick(row.tier.title)}</th>
              {row.cells.map((cell, index) => (
                <td key={kinds[index]} data-word={t(unitKindKey(kinds[index] ?? ''))}>
                  <ShareText share={cell} />
                </td>
              ))}
              <td data-word={t('programme.whole')}>
                <ShareText share={row.whole} />
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
    </section>
  );
}
