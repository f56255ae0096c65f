// The plain list of who is not covered and since when; whoever may rules over a unit in its line.
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { getUncovered } from '../../api/programmes';
import type { UncoveredUnit } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { WideTable } from '../../ui/WideTable';
import { Day } from '../../ui/words';
import { RulingForm } from './RulingForm';
import { PlaceLink, SinceText, StatusText, type At } from './shown';

export function Uncovered(at: At) {
  const { t, pick } = useSpeech();
  const { programme, unit, requirement } = at;
  const asked = useInfiniteQuery({
    queryKey: ['coverage', programme, unitAddress(unit), 'uncovered', requirement.requirement],
    queryFn: ({ pageParam }) =>
      getUncovered(unitAddress(unit), programme, requirement.requirement, pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.uncovered?.next ?? null,
  });
  const rows = asked.data?.pages.flatMap((page) => page.uncovered?.rows ?? []) ?? [];
  const { counts } = requirement;
  return (
    <section className="card">
      <div className="card-head">
        <h2>
          {t('programme.notCovered')} · {pick(requirement.title)}
        </h2>
        <b>{count(counts.asked - counts.covered)}</b>
      </div>
      {asked.error && !asked.data ? <ErrorNotice error={asked.error} /> : null}
      {asked.isPending ? <Loading rows={4} /> : null}
      {asked.data && rows.length === 0 ? (
        <p className={counts.asked > 0 ? 'good' : 'quiet'}>
          {counts.asked > 0 ? t('programme.notCoveredNone') : '—'}
        </p>
      ) : null}
      {rows.length > 0 ? (
        <>
          <p className="quiet">{t('programme.notCoveredHint')}</p>
          <Rows {...at} rows={rows} />
        </>
      ) : null}
      <MoreRows asked={asked} shown={rows.length} />
    </section>
  );
}

function Rows({ programme, requirement, rows }: At & { rows: UncoveredUnit[] }) {
  const { t } = useSpeech();
  const [ruling, setRuling] = useState<string | null>(null);
  const mayRule = (row: UncoveredUnit) =>
    row.answers.some((answer) => answer !== 'met' && answer !== 'none_claimed');
  const some = rows.some(mayRule);
  const chosen = rows.find((row) => unitAddress(row.unit) === ruling);
  return (
    <>
      <WideTable label={t('programme.notCovered')} words asLines>
        <thead>
          <tr>
            <th scope="col">{t('term.unit')}</th>
            <th scope="col">{t('programme.stands')}</th>
            <th scope="col">{t('programme.since')}</th>
            <th scope="col">{t('programme.due')}</th>
            {some ? <th scope="col">{t('programme.rule')}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={unitAddress(row.unit)}>
              <th scope="row">
                <PlaceLink unit={row.unit} programme={programme} />
                <SinceText was={row.unit} now={row.now} programme={programme} />
              </th>
              <td data-word={t('programme.stands')}>
                <StatusText status={row.status} late={row.late} />
              </td>
              <td data-word={t('programme.since')}>
                <Day day={row.since} />
              </td>
              <td data-word={t('programme.due')}>
                <Day day={row.due} />
              </td>
              {some ? (
                <td>
                  {mayRule(row) ? (
                    <Button
                      size="small"
                      aria-expanded={ruling === unitAddress(row.unit)}
                      onClick={() =>
                        setRuling(ruling === unitAddress(row.unit) ? null : unitAddress(row.unit))
                      }
                    >
                      {t('programme.rule')}
                    </Button>
                  ) : null}
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </WideTable>
      {chosen ? (
        <RulingForm
          key={unitAddress(chosen.unit)}
          programme={programme}
          requirement={requirement}
          unit={chosen.unit}
          answers={chosen.answers}
          onDone={() => setRuling(null)}
        />
      ) : null}
    </>
  );
}
