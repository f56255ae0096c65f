// Says what somebody else did to the item meanwhile. What was typed stays.
import { Button } from 'antd';
import type { Flow, History } from '../../api/shapes';
import { clockOf, dayOf, longDay } from '../../lib/days';
import { useSpeech } from '../../ui/LanguageContext';
import { postWords } from '../../ui/post';

export function Changed(props: {
  history: History;
  flow: Flow;
  since: number; // the version that was seen
  onSeen: () => void;
}) {
  const { t, pick, language } = useSpeech();
  const steps = props.history.records.filter(
    (record) => record.seq > props.since && record.type === 'transition_taken',
  );
  const titleOf = (id: unknown) => {
    const found = props.flow.transitions.find((each) => each.transition === id);
    return found ? pick(found.title) : String(id);
  };
  return (
    <section className="card changed" role="alert">
      <h3>{t('work.changed')}</h3>
      <ul>
        {steps.map((record) => (
          <li key={record.seq}>
            {titleOf(record.payload?.transition)} ·{' '}
            {record.by ? postWords(record.by, t) : t('term.system')} ·{' '}
            {longDay(dayOf(record.at), language)} {clockOf(record.at)}
          </li>
        ))}
      </ul>
      <p>{t('work.changedHint')}</p>
      <Button onClick={props.onSeen}>{t('work.changedSeen')}</Button>
    </section>
  );
}
