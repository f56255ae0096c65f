// The units directly below, in the order of the tree only, each leading on to its own page.
import { useInfiniteQuery } from '@tanstack/react-query';
import { getCoverageBelow } from '../../api/programmes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';
import { PlaceLink, ShareText, SinceText, type At } from './shown';

export function Below({ programme, unit, requirement }: At) {
  const { t, pick } = useSpeech();
  const asked = useInfiniteQuery({
    queryKey: ['coverage', programme, unitAddress(unit), 'below', requirement.requirement],
    queryFn: ({ pageParam }) =>
      getCoverageBelow(unitAddress(unit), programme, requirement.requirement, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.children?.next ?? null,
  });
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  if (!asked.data) return <Loading rows={6} />;
  const rows = asked.data.pages.flatMap((page) => page.children?.rows ?? []);
  if (rows.length === 0) return null;
  return (
    <section className="card">
      <h2>
        {t('programme.below')} · {pick(requirement.title)}
      </h2>
      <p className="quiet">{t('programme.belowHint')}</p>
      <WideTable label={t('programme.below')} asLines>
        <thead>
          <tr>
            <th scope="col">{t('term.unit')}</th>
            <th scope="col">{t('programme.coverage')}</th>
            <th scope="col">{t('programme.notCovered')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={unitAddress(row.unit)}>
              <th scope="row">
                <PlaceLink unit={row.unit} programme={programme} />
                <SinceText was={row.unit} now={row.now} programme={programme} />
              </th>
              <td data-word={t('programme.coverage')}>
                <ShareText share={row.counts} />
              </td>
              <td data-word={t('programme.notCovered')}>
                {row.counts.asked === 0 ? '—' : count(row.counts.asked - row.counts.covered)}
              </td>
            </tr>
          ))}
        </tbody>
      </WideTable>
      <MoreRows asked={asked} shown={rows.length} />
    </section>
  );
}
