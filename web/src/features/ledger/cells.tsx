// What a cell of the list says of a row.
import { Link } from 'react-router-dom';
import type { ReactNode } from 'react';
import type { ItemRow } from '../../api/shapes';
import { clockOf, dayOf } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { LightSign } from '../../ui/Light';
import { Day, Due, PhaseTag } from '../../ui/words';
import type { Column } from './columns';
import type { Kinds } from './useKinds';

const ENDED = ['closed', 'dropped'];

export function RowDue({ row }: { row: ItemRow }) {
  return (
    <>
      <LightSign light={row.light} />{' '}
      <Due due={row.due} overdue={row.overdue} ended={ENDED.includes(row.phase)} />
    </>
  );
}

/** The title as a link that the mouse can open beside; the keyboard opens the row. */
export function TitleLink({ row }: { row: ItemRow }) {
  const { t } = useSpeech();
  return (
    <Link to={`/items/${row.item}`} tabIndex={-1} title={row.title ?? undefined}>
      {row.title ?? t('ledger.noTitle')}
    </Link>
  );
}

export function Cell(props: { row: ItemRow; column: Column; kinds: Kinds }): ReactNode {
  const { t } = useSpeech();
  const { row, column, kinds } = props;
  switch (column) {
    case 'item':
      return <span className="code">{row.item}</span>;
    case 'title':
      return <TitleLink row={row} />;
    case 'unit':
      return <span title={row.unit.name}>{row.unit.name}</span>;
    case 'lead':
      return row.lead ? <span title={row.lead.name}>{row.lead.name}</span> : <None />;
    case 'kind':
      return kinds.kindTitle(row.kind);
    case 'state':
      return <PhaseTag phase={row.phase} title={row.state_title} />;
    case 'source':
      return kinds.sourceTitle(row.kind, row.source);
    case 'opened':
      return <Day day={row.opened} />;
    case 'due':
      return <RowDue row={row} />;
    case 'closed':
      return <Day day={row.closed} />;
    case 'fixed':
      return row.phase === 'closed' ? t(row.fixed ? 'term.yes' : 'term.no') : <None />;
    case 'reopened':
      return row.reopened > 0 ? t('ledger.times', { times: row.reopened }) : <None />;
    case 'changed':
      return (
        <>
          <Day day={dayOf(row.changed)} /> {clockOf(row.changed)}
        </>
      );
  }
}

function None() {
  return <span className="quiet">—</span>;
}
