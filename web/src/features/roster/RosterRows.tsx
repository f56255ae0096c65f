// One public roster: a row for each group of units, and how many households are at which stages;
// a number that tells of several stages stands across their columns.
import type { PublicRoster } from '../../api/shapes';
import { count } from '../../lib/numbers';
import { useSpeech } from '../../ui/LanguageContext';
import { WideTable } from '../../ui/WideTable';
import { STAGES } from './stages';
import './roster.css';

type Cell = PublicRoster['rows'][number]['cells'][number];

export function RosterRows({ roster }: { roster: PublicRoster }) {
  const { t, language } = useSpeech();
  const and = language === 'en' ? ', ' : '、';
  return (
    <WideTable label={t('roster.rosters')} asLines many>
      <thead>
        <tr>
          <StageHeads />
        </tr>
      </thead>
      <tbody>
        {roster.rows.map((row) => (
          <tr key={row.units.map((unit) => unit.code).join()}>
            <th scope="row" className="roster-units">
              {row.units.map((unit) => unit.name).join(and)}
            </th>
            <td data-word={t('roster.households')}>
              {count(row.cells.reduce((sum, cell) => sum + cell.households, 0))}
            </td>
            {row.cells.map((cell) => (
              <OfStages key={cell.first} cell={cell} />
            ))}
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}

/** Of whom, how many, and how many at each stage. */
export function StageHeads() {
  const { t } = useSpeech();
  return (
    <>
      <th scope="col">{t('term.unit')}</th>
      <th scope="col">{t('roster.households')}</th>
      {STAGES.map((stage) => (
        <th key={stage} scope="col">
          {t(`roster.stage_${stage}`)}
        </th>
      ))}
    </>
  );
}

function OfStages({ cell }: { cell: Cell }) {
  const { t } = useSpeech();
  const first = t(`roster.stage_${cell.first}`);
  const last = t(`roster.stage_${cell.last}`);
  const span = STAGES.indexOf(cell.last) - STAGES.indexOf(cell.first) + 1;
  return (
    <td
      data-word={first === last ? first : `${first}–${last}`}
      className={cell.households === 0 ? 'nothing' : span > 1 ? 'roster-span' : undefined}
      colSpan={span}
    >
      {count(cell.households)}
    </td>
  );
}
