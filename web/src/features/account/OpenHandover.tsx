// A handover that waits: its list, what changed since, and what either side may do about it.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { confirmHandover, endHandover, getHandover } from '../../api/posts';
import type { HandoverNote } from '../../api/shapes';
import { useSpeech } from '../../ui/LanguageContext';
import { ErrorNotice, Loading } from '../../ui/Notice';
import { FormError } from '../../ui/FormError';
import { WorkTable } from './WorkTable';

export function OpenHandover(props: { note: HandoverNote; onTaken: (count: number) => void }) {
  const { t } = useSpeech();
  const { note } = props;
  const queries = useQueryClient();
  const [open, setOpen] = useState(false);
  const settled = () => queries.invalidateQueries({ queryKey: ['own-posts'] });
  const ending = useMutation({ mutationFn: endHandover, onSettled: settled });
  const unit = { unit: note.unit.name, role: t(`term.role_${note.role}`) };
  const taker = note.side === 'taker';
  return (
    <li>
      <p>
        {t(taker ? 'account.handoverTaken' : 'account.handoverFrom', unit)}{' '}
        <Button size="small" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('account.handSee')}
        </Button>{' '}
        <Button
          size="small"
          loading={ending.isPending}
          onClick={() => ending.mutate(note.handover)}
        >
          {t(taker ? 'account.handDecline' : 'account.handWithdraw')}
        </Button>
      </p>
      <FormError error={ending.error} />
      {open ? <List note={note} onTaken={props.onTaken} onSettled={settled} /> : null}
    </li>
  );
}

function List(props: {
  note: HandoverNote;
  onTaken: (count: number) => void;
  onSettled: () => Promise<void>;
}) {
  const { t } = useSpeech();
  const { handover, side } = props.note;
  const page = useQuery({
    queryKey: ['own-posts', 'handover', handover],
    queryFn: () => getHandover(handover),
  });
  const confirming = useMutation({
    mutationFn: confirmHandover,
    onSuccess: props.onTaken,
    onSettled: props.onSettled,
  });
  if (page.error) return <ErrorNotice error={page.error} />;
  if (!page.data) return <Loading />;
  const { items, changes, more } = page.data;
  return (
    <>
      <WorkTable items={items} />
      {more ? <p>{t('account.handMore')}</p> : null}
      {changes.length > 0 ? (
        <div role="alert">
          <p>{t('account.changedSince')}</p>
          <ul>
            {changes.map((each) => (
              <li key={each.item}>
                {each.item} {t(`account.work_${each.what}`)}
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      {side === 'taker' ? (
        <>
          <p className="quiet">{t('account.handConfirmHint')}</p>
          <Button
            type="primary"
            disabled={changes.length > 0}
            loading={confirming.isPending}
            onClick={() => confirming.mutate(handover)}
          >
            {t('account.handConfirm')}
          </Button>
        </>
      ) : null}
      <FormError error={confirming.error} />
    </>
  );
}
