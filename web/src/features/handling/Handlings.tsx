// One visit at most: of a unit, by service and by the units below, with the reasons for more.
import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { getUnitServices, type Period } from '../../api/residents';
import type { HandlingNumbers } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { useLater } from '../../ui/useLater';
import { pagesOf } from '../../ui/usePages';
import { WideTable } from '../../ui/WideTable';
import { PartLink, StampLine } from '../../ui/words';
import { REASONS, WHYS } from './model';
import { Share } from './Share';

export const handlingsOf = (unit: string, period: Period) =>
  pagesOf(['handlings', unit, period], (cursor: string | undefined) =>
    getUnitServices(unit, period, cursor),
  );

export function Handlings({ unit, period }: { unit: string; period: Period }) {
  const { t, pick } = useSpeech();
  const asked = useInfiniteQuery(handlingsOf(unit, period));
  const later = useLater(Boolean(asked.data));
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  const first = asked.data?.pages[0];
  if (!asked.data || !first) return <Loading rows={6} />;
  const children = asked.data.pages.flatMap((page) => page.children);
  return (
    <>
      <section className="card">
        <h2>{t('handling.byService')}</h2>
        <Table label={t('handling.byService')} first={t('handling.service')}>
          <Row name={<b>{t('handling.all')}</b>} numbers={first.all} />
          {first.services.map((row) => (
            <Row key={row.service} name={pick(row.title)} numbers={row} />
          ))}
        </Table>
      </section>
      {later ? <Reasons numbers={first.all} /> : null}
      {later && children.length > 0 ? (
        <section className="card">
          <h2>{t('handling.below')}</h2>
          <p className="quiet">{t('handling.belowHint')}</p>
          <Table label={t('handling.below')} first={t('term.unit')}>
            {children.map((row) => (
              <Row key={unitAddress(row.unit)} name={<PartLink part={row} />} numbers={row} />
            ))}
            <Row name={t('handling.own')} numbers={first.own} />
          </Table>
          <MoreRows asked={asked} />
        </section>
      ) : null}
      <StampLine position={first.position} instant={first.instant} />
    </>
  );
}

function Table(props: { label: string; first: string; children: ReactNode }) {
  const { t } = useSpeech();
  return (
    <WideTable label={props.label} asLines>
      <thead>
        <tr>
          <th scope="col">{props.first}</th>
          <th scope="col">{t('handling.handled')}</th>
          <th scope="col">{t('handling.atMostOnce')}</th>
          <th scope="col">{t('handling.median')}</th>
        </tr>
      </thead>
      <tbody>{props.children}</tbody>
    </WideTable>
  );
}

function Row({ name, numbers }: { name: ReactNode; numbers: HandlingNumbers }) {
  const { t } = useSpeech();
  return (
    <tr>
      <th scope="row">{name}</th>
      <td data-word={t('handling.handled')}>{count(numbers.handled)}</td>
      <td data-word={t('handling.atMostOnce')}>
        <Share share={numbers.at_most_once} few={numbers.few} />
      </td>
      <td data-word={t('handling.median')}>
        {numbers.median_visits === null ? '—' : count(numbers.median_visits)}
      </td>
    </tr>
  );
}

function Reasons({ numbers }: { numbers: HandlingNumbers }) {
  const { t } = useSpeech();
  return (
    <section className="card">
      <h2>{t('handling.reasons')}</h2>
      <ul className="plain">
        {REASONS.map((reason) => (
          <li key={reason}>
            {t(`handling.reason_${reason}`)} <b>{count(numbers.reasons[reason])}</b>
            {reason === 'material_missing' && numbers.reasons[reason] > 0 ? (
              <small className="quiet">
                {' '}
                {WHYS.map(
                  (why) => `${t(`handling.why_${why}`)} ${count(numbers.missing[why])}`,
                ).join(' · ')}
              </small>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
