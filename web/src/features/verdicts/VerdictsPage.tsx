// Verdicts of a unit: whole, by level, and below it in the order of the tree; no rank anywhere.
import { useState } from 'react';
import { Link, useParams } from 'react-router-dom';
import type { KindVerdicts, UnitVerdicts } from '../../api/shapes';
import { getVerdicts, getVerdictsTable } from '../../api/verdicts';
import { count } from '../../lib/numbers';
import { unitAddress } from '../../lib/unitAddress';
import { KindChoice } from '../../ui/KindChoice';
import { useSpeech } from '../../ui/LanguageContext';
import { MoreRows } from '../../ui/MoreRows';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { TableButton } from '../../ui/TableButton';
import { usePages } from '../../ui/usePages';
import { usePageTitle } from '../../ui/usePageTitle';
import { StampLine } from '../../ui/words';
import { kindIn, kindsShown } from './model';
import { type NamedRow, VerdictTable } from './VerdictTable';
import './verdicts.css';

export function VerdictsPage() {
  const { code = '' } = useParams();
  const { t } = useSpeech();
  usePageTitle(t('verdicts.title'));
  const asked = usePages(['unit', code, 'verdicts'], (cursor: string | undefined) =>
    getVerdicts(code, cursor),
  );
  if (asked.error && !asked.data) return <ErrorNotice error={asked.error} />;
  const first = asked.data?.pages[0];
  if (!asked.data || !first) return <Loading rows={8} />;
  return (
    <>
      <div className="head">
        <h1>{t('verdicts.title')}</h1>
        <TableButton load={() => getVerdictsTable(code)} name={`verdicts-${code}.csv`} />
      </div>
      <p>
        <Link to={`/units/${encodeURIComponent(code)}`}>{first.unit.name}</Link>
      </p>
      <p className="quiet">
        {t('verdicts.hint', { shown: first.shown_min, compared: first.compared_min })}
      </p>
      <Kinds pages={asked.data.pages} />
      <MoreRows asked={asked} />
      <StampLine position={first.position} instant={first.instant} />
    </>
  );
}

function Kinds({ pages }: { pages: UnitVerdicts[] }) {
  const { t } = useSpeech();
  const [chosen, choose] = useState<string>();
  const first = pages[0];
  if (!first) return null;
  const kinds = kindsShown(first);
  const kind = kinds.find((row) => row.kind === chosen) ?? kinds[0];
  if (!kind) return <p>{t('verdicts.none')}</p>;
  return (
    <>
      <KindChoice kinds={kinds} chosen={kind.kind} onChoose={choose} />
      <Whole kind={kind} />
      <Below pages={pages} kind={kind} />
    </>
  );
}

function Whole({ kind }: { kind: KindVerdicts }) {
  const { t, pick } = useSpeech();
  return (
    <section className="card">
      <h2>
        {pick(kind.title)} · {t('verdicts.whole')}
      </h2>
      <p>
        {t('verdicts.asked', {
          closed: count(kind.closed),
          asked: count(kind.asked),
          answered: count(kind.answered),
          silent: count(kind.silent),
        })}
      </p>
      <p className="quiet">
        {t('verdicts.ways', {
          code: count(kind.by_code),
          paper: count(kind.on_paper),
          phone: count(kind.by_phone),
          otherwise: count(kind.otherwise),
        })}
      </p>
      <p className="quiet">{t('verdicts.unmet', { count: count(kind.unmet) })}</p>
      <VerdictTable label={t('verdicts.whole')} rows={[{ key: 'whole', kind }]} />
    </section>
  );
}

function Below({ pages, kind }: { pages: UnitVerdicts[]; kind: KindVerdicts }) {
  const { t } = useSpeech();
  const first = pages[0];
  const levels: NamedRow[] = (first?.levels ?? []).map((level) => ({
    key: level.level,
    name: t(`verdicts.level_${level.level}`),
    kind: kindIn(level.rows, kind.kind),
  }));
  const own = kindIn(first?.own ?? [], kind.kind);
  const below: NamedRow[] = pages
    .flatMap((page) => page.children)
    .map((child) => ({
      key: unitAddress(child.unit),
      unit: child.unit,
      overlaps: child.overlaps,
      kind: kindIn(child.rows, kind.kind),
    }));
  return (
    <>
      {levels.length > 1 ? (
        <section className="card">
          <h2>{t('verdicts.byLevel')}</h2>
          <VerdictTable label={t('verdicts.byLevel')} rows={levels} />
        </section>
      ) : null}
      {below.length > 0 ? (
        <section className="card">
          <h2>{t('verdicts.below')}</h2>
          <p className="quiet">{t('verdicts.belowHint')}</p>
          <VerdictTable
            label={t('verdicts.below')}
            rows={[...below, { key: 'own', name: t('unit.ownRow'), kind: own }]}
          />
        </section>
      ) : null}
    </>
  );
}
