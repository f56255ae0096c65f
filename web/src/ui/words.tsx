// Small pieces that say one thing of a unit or an item, the same everywhere.
import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import type { Phase, Title, Unit } from '../api/shapes';
import { withAsOf } from '../lib/asOf';
import { daysBetween, longDay, longInstant, shortDay } from '../lib/days';
import { count, fraction, percent, type Rate } from '../lib/numbers';
import { unitPath } from '../lib/unitAddress';
import type { Key } from '../locales';
import { useHere } from './SessionContext';
import { valueWord } from './quantities';
import { useSpeech } from './LanguageContext';

/** `asOf`: the past in which the page it leads to is shown. */
export function UnitLink({ unit, asOf }: { unit: Unit; asOf?: string | undefined }) {
  return <Link to={withAsOf(unitPath(unit), asOf)}>{unit.name}</Link>;
}

/** A row below a unit; what an area counts may stand in other rows too, and it says so. */
export function PartLink(props: {
  part: { unit: Unit; overlaps: boolean };
  asOf?: string | undefined;
}) {
  const { t } = useSpeech();
  const { part, asOf } = props;
  return (
    <>
      <UnitLink unit={part.unit} asOf={asOf} />
      {part.overlaps ? <small> {t('unit.overlaps')}</small> : null}
    </>
  );
}

/** The way from the root to a unit; the last is where one is. */
export function UnitPath(props: { path: Unit[]; here?: boolean; asOf?: string | undefined }) {
  const { path, here, asOf } = props;
  return (
    <ol className="path">
      {path.map((unit, index) => (
        <li key={unit.code}>
          {here && index === path.length - 1 ? (
            <span aria-current="page">{unit.name}</span>
          ) : (
            <UnitLink unit={unit} asOf={asOf} />
          )}
        </li>
      ))}
    </ol>
  );
}

export function phaseKey(phase: Phase): Key {
  return `term.phase_${phase}`;
}

export function unitKindKey(kind: string): Key {
  return `term.unitKind_${kind}` as Key;
}

export function PhaseTag({ phase, title }: { phase: Phase; title?: Title }) {
  const { t, pick } = useSpeech();
  return <span className={`tag phase-${phase}`}>{title ? pick(title) : t(phaseKey(phase))}</span>;
}

/** "9月8日 还剩 3 天": when it is due and how that stands today. Closed items show the day alone. */
export function Due({
  due,
  overdue,
  ended,
}: {
  due: string | null;
  overdue: boolean;
  ended?: boolean;
}) {
  const { t, language } = useSpeech();
  const today = useHere().ledger.today;
  if (!due) return <span className="quiet">{ended ? '—' : t('term.dueNone')}</span>;
  const left = daysBetween(today, due);
  const day = (
    <time dateTime={due} title={longDay(due, language)}>
      {shortDay(due, language, today)}
    </time>
  );
  if (ended) return day;
  const tone = overdue ? 'late' : left <= 3 ? 'soon' : 'quiet';
  const word = overdue
    ? t('term.daysLate', { days: -left })
    : left === 0
      ? t('term.dueToday')
      : t('term.daysLeft', { days: left });
  return (
    <span className="due">
      {day} <span className={tone}>{word}</span>
    </span>
  );
}

/** A day, written short; the whole of it when pointed at. */
export function Day({ day }: { day: string | null }) {
  const { language } = useSpeech();
  const today = useHere().ledger.today;
  if (!day) return <span className="quiet">—</span>;
  return (
    <time dateTime={day} title={longDay(day, language)}>
      {shortDay(day, language, today)}
    </time>
  );
}

/** A rate, always with what it is a rate of. */
export function RateText({ rate, hint }: { rate: Rate | null | undefined; hint: string }) {
  return (
    <Tooltip title={hint}>
      <span className="rate">
        <b>{percent(rate)}</b> <span className="quiet">{fraction(rate)}</span>
      </span>
    </Tooltip>
  );
}

/** When the numbers of a page are true, and at which position of the journal. */
export function StampLine({ position, instant }: { position: number; instant: string }) {
  const { t, language } = useSpeech();
  return (
    <p className="stamp">
      {t('term.stamp', { instant: longInstant(instant, language), position: count(position) })}
    </p>
  );
}

export function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fact">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A result quantity with its qualifier: 260 以上, about 40. */
export function useQuantityText() {
  const { t } = useSpeech();
  return (quantity: { value: number; qualifier?: string | undefined }) => valueWord(quantity, t);
}
